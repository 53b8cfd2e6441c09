// What pages can do beyond plain links and forms; without it everything still works.
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = null;
  try { kept = localStorage.getItem("parley-theme"); } catch (e) { kept = null; }
  if (kept === "dark" || kept === "light") { root.dataset.theme = kept; }

  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function named(button) {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", dark() ? "Light colours" : "Dark colours");
  }

  function lines() { return Array.prototype.slice.call(document.querySelectorAll("details.line > summary")); }

  function step(by) {
    var all = lines();
    var at = all.indexOf(document.activeElement);
    var next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  }

  function typing(target) { return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable; }

  function openNamed() {
    var id = location.hash.slice(1);
    var there = id && document.getElementById(id);
    if (there && there.tagName === "DETAILS") { there.open = true; }
  }

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("theme");
    if (button) {
      button.hidden = false;
      named(button);
      button.addEventListener("click", function () {
        root.dataset.theme = dark() ? "light" : "dark";
        try { localStorage.setItem("parley-theme", root.dataset.theme); } catch (e) { /* a private window keeps nothing */ }
        named(button);
      });
    }
    // on a phone what can be chosen is folded away until it is asked for
    var facets = document.querySelector("details.facets");
    if (facets && matchMedia("(max-width: 60rem)").matches) { facets.open = false; }
    openNamed();
  });
  window.addEventListener("hashchange", openNamed);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { if (!d.open) { d.open = true; d.dataset.print = "1"; } });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-print]").forEach(function (d) { d.open = false; delete d.dataset.print; });
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (event.key === "/") { event.preventDefault(); document.getElementById("q").focus(); }
    else if (event.key === "j") { step(1); }
    else if (event.key === "k") { step(-1); }
    else if (event.key === "?") { location.assign("/about#keys"); }
  });
})();
