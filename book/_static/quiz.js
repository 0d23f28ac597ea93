// Brings the quizzes of a page to life. The page holds the inputs, and every reply as an element in a folded list of
// answers; this script takes the replies out of the list and shows those that answer what was chosen or typed.
// It has no words of its own, needs no network, and works from the file system.
(function () {
  "use strict";

  // "0.5", "0,5", "−2", "1/2", "2,500" → number; anything else → NaN. The same rule as dlcore.quizzes' read_number.
  function readNumber(typed) {
    var plain = typed.trim().replace(/−/g, "-");
    if (/^[-+]?[1-9]\d{0,2}([,\s]\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replace(/[,\s]/g, "");
    var parts = plain.replace(/,/g, ".").split("/");
    function isNumber(part) { return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(part.trim()); }
    if (parts.length > 2 || !parts.every(isNumber) || Number(parts[1]) === 0) return NaN;
    return Number(parts[0]) / Number(parts[1] || 1);
  }

  function bring(question) {
    var replies = Array.from(question.querySelectorAll(".dlcore-reply"));
    var inputs = Array.from(question.querySelectorAll("input"));
    var check = question.querySelector(".dlcore-check");
    var answers = question.querySelector(".dlcore-answers");

    function isRight(reply) { return reply.dataset.right === "true"; }

    function when(situation) {
      return replies.filter(function (reply) { return reply.dataset.when === situation; });
    }

    function toNumber() {
      var number = readNumber(inputs[0].value), tolerance = Number(question.dataset.tol);
      if (isNaN(number)) return when("none");
      var found = replies.filter(function (reply) {
        var target = Number(reply.dataset.value);
        return Math.abs(number - target) <= tolerance + 1e-12 * Math.abs(target);
      });
      return found.length ? found.slice(0, 1) : when("other");
    }

    function toChoices() {
      var chosen = inputs.filter(function (input) { return input.checked; })
        .map(function (input) { return input.value; });
      var told = replies.filter(function (reply) { return chosen.includes(reply.dataset.value); });
      var wrong = told.filter(function (reply) { return !isRight(reply); });
      if (!told.length) return when("none");
      if (wrong.length) return wrong;
      return told.length < replies.filter(isRight).length ? when("more") : told;
    }

    function answer() {
      var shown = question.dataset.kind === "number" ? toNumber() : toChoices();
      replies.forEach(function (reply) { reply.hidden = !shown.includes(reply); });
      question.dataset.state = shown.every(isRight) ? "right" : "wrong";
    }

    replies.forEach(function (reply) {
      reply.hidden = true;
      question.querySelector(".dlcore-replies").append(reply);
    });
    answers.remove();
    check.hidden = false;
    check.addEventListener("click", answer);
    question.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); answer(); }
    });
  }

  function start() { document.querySelectorAll(".dlcore-question").forEach(bring); }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
