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

  function lines() { return Array.prototype.slice.call(document.querySelectorAll("details.line > summary, .notes > li > a:first-child, li.entry")); }

  function step(by) {
    var all = lines();
    var at = all.indexOf(document.activeElement);
    if (at < 0) { at = all.indexOf(document.activeElement.closest("li.entry")); }
    var next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  }

  function typing(target) { return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable; }

  function openNamed() {
    var id = location.hash.slice(1);
    var there = id && document.getElementById(id);
    if (there && there.tagName === "DETAILS") { there.open = true; }
  }

  // collecting rows in the dossier: the same form that works without script, sent without leaving the page
  function told(words) { var line = document.getElementById("collected"); if (line) { line.textContent = words; } }

  function collected(answer) {
    document.querySelectorAll("button[data-row]").forEach(function (old) {
      if (old.dataset.row !== answer.row) { return; }
      var link = document.createElement("a");
      var name = old.querySelector(".away");
      link.className = old.className + " in";
      link.dataset.row = answer.row;
      link.href = "/dossier/" + encodeURIComponent(answer.dossier) + "#" + encodeURIComponent(answer.entry);
      link.append(mark("✓", "aria-hidden"), name ? mark(name.textContent.replace("Add to the dossier", "In the dossier"), "away") : " In the dossier");
      var had = document.activeElement === old;
      old.replaceWith(link);
      if (had) { link.focus(); }
    });
    var top = document.getElementById("dossier");
    top.href = "/dossier/" + encodeURIComponent(answer.dossier);
    top.replaceChildren("Dossier ", mark(String(answer.count), "n"), mark(" rows in " + answer.name, "away"));
    var field = document.querySelector("#collect input[name=dossier]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "dossier";
      document.getElementById("collect").append(field);
    }
    field.value = answer.dossier;
    told("Added to " + answer.name + ": " + answer.count + (answer.count === 1 ? " row" : " rows"));
  }

  function mark(words, how) {
    var span = document.createElement("span");
    if (how === "aria-hidden") { span.setAttribute("aria-hidden", "true"); } else { span.className = how; }
    span.textContent = words;
    return span;
  }

  function collect(button) {
    var form = document.getElementById("collect");
    var fields = new URLSearchParams(new FormData(form));
    fields.set("row", button.value);
    fetch(form.action, { method: "POST", body: fields, headers: { accept: "application/json" } }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    }).then(collected).catch(function () { form.requestSubmit(button); });
  }

  document.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (event.target.id !== "collect" || !button || button.dataset.asked) { return; }
    event.preventDefault();
    button.dataset.asked = "1";
    collect(button);
  });

  // what the focus is in: the row of a list, a note in a margin, an entry; else the row that the page is about
  function button(selector) {
    var at = document.activeElement;
    for (var here = at; here && here !== document.body; here = here.parentElement) {
      // an opened row holds other outlets' rows: its own button stands beside it
      if (here.matches(".item")) { return Array.prototype.find.call(here.children, function (c) { return c.matches(selector); }) || null; }
      var found = here.matches("li, tr, p, details.judge, [data-own]") && here.querySelector(selector);
      if (found) { return found; }
      if (here.matches("li.entry")) { return null; }
    }
    return document.querySelector("[data-own] " + selector);
  }

  function press(selector) { var there = button(selector); if (there) { there.click(); } }

  function noted() {
    var summary = button("summary[data-key=n]");
    if (summary) { summary.parentElement.open = true; summary.parentElement.querySelector("textarea, input:not([type=hidden])").focus(); }
  }

  function entryKey(key) {
    if (key === "J" || key === "K" || key === "x") { press("button[data-key=" + key + "]"); }
    else if (key === "n") { noted(); }
    else if (key === "u") { var undo = document.querySelector("#undo button, button[data-undo]"); if (undo) { undo.click(); } }
    else { return false; }
    return true;
  }

  // sliding through days: the field beside it holds the day, and its form asks for the page
  function slide() {
    var held = document.getElementById("slide");
    if (!held) { return; }
    var days = held.dataset.days.split(" ");
    var slider = held.querySelector("input");
    var told = held.querySelector("output");
    function tell() {
      var words = new Date(days[slider.value] + "T12:00:00Z").toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
      slider.setAttribute("aria-valuetext", words);
      told.textContent = words;
    }
    held.hidden = false;
    slider.setAttribute("aria-valuetext", told.textContent);
    slider.addEventListener("input", tell);
    slider.addEventListener("change", function () {
      try { sessionStorage.setItem("parley-slide", "1"); } catch (e) { /* then the focus starts anew */ }
      slider.form.elements.at.value = days[slider.value];
      slider.form.requestSubmit();
    });
    try {
      if (sessionStorage.getItem("parley-slide")) { sessionStorage.removeItem("parley-slide"); slider.focus(); }
    } catch (e) { /* a private window keeps nothing */ }
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("button[data-copy]").forEach(function (copy) {
      if (!navigator.clipboard) { return; }
      copy.hidden = false;
      copy.addEventListener("click", function () {
        navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent).then(
          function () { copy.textContent = "Copied"; },
          function () { copy.textContent = "The browser refused; select the text"; }
        );
      });
    });
    var entry = location.hash && document.getElementById(location.hash.slice(1));
    if (entry && entry.matches("li.entry, form.undo")) { entry.focus({ preventScroll: true }); }
  });

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
    slide();
    // the page that is open stands in sight, where the names of all do not fit beside each other
    var current = document.querySelector(".bar nav a[aria-current]");
    if (current) { current.closest("ul").scrollLeft = current.offsetLeft - 40; }
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
    else if (event.key === "d") { press("button.plus, button.collect"); }
    else if (document.querySelector(".dossier .entries") && entryKey(event.key)) { event.preventDefault(); }
    else if (event.key === "?") { location.assign("/about#keys"); }
  });
})();
