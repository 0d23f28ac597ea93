"""How quick dlcore is, beside what it can be compared with. Run: python -m benchmarks [name …]"""
