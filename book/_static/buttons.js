/* What two of the theme's buttons do. The theme writes it into attributes, which the Content-Security-Policy of the
   pages forbids (book/_ext/content_policy.py). */
(() => {
  "use strict";
  const on = (name, action) => document.querySelectorAll(`.btn-${name}`)
    .forEach((button) => button.addEventListener("click", action));
  on("download-pdf-button", () => window.print());
  on("fullscreen-button", () => window.toggleFullScreen());
})();
