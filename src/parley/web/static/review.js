// Review with script: single keys, rows judged in place, and marking words in the article by mouse and by keyboard.
// Without it every form works by itself.
(function () {
  "use strict";

  function each(list, what) { Array.prototype.forEach.call(list, what); }
  function typing(target) { return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable; }

  // --- single keys, which can be switched off ---------------------------------------------------------------------

  var single = true;
  try { single = localStorage.getItem("parley-keys") !== "off"; } catch (e) { single = true; }

  function showSwitch(button) {
    button.textContent = single ? "Single keys are on" : "Single keys are off";
    button.setAttribute("aria-pressed", single ? "true" : "false");
  }

  function current() {
    var here = document.activeElement && document.activeElement.closest("details.judge");
    return here || document.querySelector("details.judge[open]");
  }

  function press(place, key) {
    var what = place && place.querySelector('[data-key="' + key + '"]');
    if (!what) { return false; }
    if (what.tagName === "FORM") { what.querySelector("button").click(); }
    else if (what.tagName === "INPUT") { what.focus(); }
    else { what.click(); }
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.target.name === "why" && event.target.closest("details.judge")) {
      // a reason is written before it is said of what: Enter and Escape lead back to the row, c and x say it
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        event.target.closest("details.judge").querySelector("summary").focus();
      }
      return;
    }
    if (!single || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    var done = false;
    if ("cexw".indexOf(event.key) >= 0 && event.key.length === 1) { done = press(current(), event.key); }
    else if (event.key === "u") { done = press(document.getElementById("said-now"), "u"); }
    else if (event.key === "n") {
      var next = document.querySelector('a[rel="next"]');
      if (next) { next.click(); done = true; }
    }
    if (done) { event.preventDefault(); }
  });

  // --- rows judged in place -----------------------------------------------------------------------------------------

  function tell(words) {
    var told = document.getElementById("said-now");
    if (told) { told.textContent = words; }
  }

  function onward(row) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("details.judge"));
    var rest = rows.slice(rows.indexOf(row) + 1).filter(function (r) { return r.open; });
    var next = rest[0] || row;
    next.querySelector("summary").focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function undoInPlace(told) {
    var form = told.querySelector("form[data-row]");
    var row = form && document.getElementById(form.dataset.row);
    if (!row || !window.htmx) { return; }
    form.setAttribute("hx-post", form.getAttribute("action"));
    form.setAttribute("hx-target", '[id="' + row.id + '"]');
    form.setAttribute("hx-swap", "outerHTML");
    window.htmx.process(form);
  }

  var judging = null;
  document.addEventListener("htmx:beforeRequest", function (event) {
    var target = event.detail.target;
    judging = target && target.classList.contains("judge") ? target.id : null;
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (judging === null) { return; }
    var status = event.detail.xhr.status;
    if (status === 409 || status === 400) {
      event.detail.shouldSwap = true; // what became of the row, or why it cannot be: in the place of the row
      event.detail.isError = false;
    } else if (status >= 400) {
      var plain = (event.detail.xhr.getResponseHeader("content-type") || "").indexOf("text/plain") === 0;
      tell("Not saved. " + (plain ? event.detail.xhr.responseText : "Parley could not do it; load the page again."));
    }
  });
  document.addEventListener("htmx:sendError", function () {
    tell("Not saved: Parley does not answer. Is it still running?");
  });
  document.addEventListener("htmx:afterSettle", function () {
    if (judging === null) { return; }
    var row = document.getElementById(judging);
    var now = document.getElementById("told-now");
    judging = null;
    if (now) {
      var told = document.getElementById("said-now");
      told.replaceChildren.apply(told, Array.prototype.slice.call(now.childNodes));
      now.remove();
      undoInPlace(told);
    }
    if (!row) { return; }
    if (row.tagName !== "DETAILS") { row.focus(); }
    else if (row.open) { row.querySelector("summary").focus(); }
    else { onward(row); }
  });

  // --- marking words in the article ---------------------------------------------------------------------------------

  // Places count characters as the ledger does: code points, not the halves that script counts in.
  function Marker(box, form) {
    var lines = [];
    var chars = [];
    each(box.querySelectorAll("p[data-at]"), function (p) {
      var held = Array.from(p.textContent);
      var at = Number(p.dataset.at);
      lines.push({ p: p, from: chars.length, to: chars.length + held.length });
      held.forEach(function (c, n) { chars.push({ c: c, at: at + n }); });
    });
    var parts = [];
    each(form.querySelectorAll(".part"), function (part) {
      var one = { words: part.querySelector("textarea"), at: part.querySelector("input"), grip: part.querySelector(".grip") };
      one.grip.hidden = false;
      one.grip.addEventListener("click", function () { choose(one); });
      one.words.addEventListener("input", function () { one.at.value = ""; draw(); }); // the place of other words is looked for
      parts.push(one);
    });
    var chosen = null;
    var drag = null;

    function lineOf(index) {
      return lines.find(function (l) { return index >= l.from && index < l.to; }) || lines[lines.length - 1];
    }

    function indexOf(at) {
      var n = chars.findIndex(function (c) { return c.at >= at; });
      return n < 0 ? chars.length : n;
    }

    function spanOf(part) {
      var told = /^(\d+):(\d+)$/.exec(part.at.value);
      if (!told) { return null; }
      var span = [indexOf(Number(told[1])), indexOf(Number(told[2]) - 1) + 1];
      return span[0] < span[1] && span[1] <= chars.length ? span : null;
    }

    function wordsOf(span) {
      var out = "";
      for (var n = span[0]; n < span[1]; n += 1) {
        if (n > span[0] && lineOf(n).from === n) { out += "\n"; }
        out += chars[n].c;
      }
      return out;
    }

    function keep(begin, end) {
      var first = Math.max(0, Math.min(begin, chars.length - 1));
      var span = [first, Math.max(first + 1, Math.min(end, chars.length))];
      chosen.words.value = wordsOf(span);
      chosen.at.value = chars[span[0]].at + ":" + (chars[span[1] - 1].at + 1);
      draw();
    }

    function boundary(n) {
      if (n <= 0 || n >= chars.length) { return true; }
      return lineOf(n).from === n || (/\s/.test(chars[n - 1].c) && !/\s/.test(chars[n].c));
    }

    function wordEnd(n) {
      if (n <= 0 || n >= chars.length) { return true; }
      return lineOf(n).from === n || (!/\s/.test(chars[n - 1].c) && /\s/.test(chars[n].c));
    }

    function stepped(n, by, whole, ends) {
      var next = n + by;
      while (whole && next > 0 && next < chars.length && !(ends ? wordEnd(next) : boundary(next))) { next += by; }
      return next;
    }

    function handle(which, span) {
      var end = document.createElement("span");
      var at = which === "begin" ? span[0] : span[1];
      var near = wordsOf(which === "begin" ? [at, Math.min(at + 24, chars.length)] : [Math.max(0, at - 24), at]);
      end.className = "handle " + which;
      end.tabIndex = 0;
      end.setAttribute("role", "slider");
      end.setAttribute("aria-label", which === "begin" ? "Where the words begin" : "Where the words end");
      end.setAttribute("aria-valuemin", "0");
      end.setAttribute("aria-valuemax", String(chars.length));
      end.setAttribute("aria-valuenow", String(at));
      end.setAttribute("aria-valuetext", (which === "begin" ? "before “" : "after “") + near.trim() + "”");
      return end;
    }

    function draw() {
      var focused = document.activeElement && document.activeElement.classList.contains("handle")
        ? (document.activeElement.classList.contains("begin") ? "begin" : "end") : null;
      var spans = parts.map(spanOf);
      var on = chosen ? spanOf(chosen) : null;
      lines.forEach(function (line) {
        var cuts = [line.from, line.to];
        spans.forEach(function (s) { if (s) { cuts.push(s[0], s[1]); } });
        cuts = cuts.filter(function (c) { return c >= line.from && c <= line.to; }).sort(function (a, b) { return a - b; });
        line.p.textContent = "";
        cuts.forEach(function (from, n) {
          if (on && from === on[0] && from < line.to && cuts[n - 1] !== from) { line.p.append(handle("begin", on)); }
          if (on && from === on[1] && from > line.from && cuts[n - 1] !== from) { line.p.append(handle("end", on)); }
          var to = cuts[n + 1];
          if (to === undefined || to === from) { return; }
          var words = chars.slice(from, to).map(function (c) { return c.c; }).join("");
          var inside = spans.some(function (s) { return s && s[0] < to && s[1] > from; });
          if (!inside) { line.p.append(words); return; }
          var mark = document.createElement("mark");
          mark.className = on && on[0] < to && on[1] > from ? "on" : "";
          mark.textContent = words;
          line.p.append(mark);
        });
      });
      if (focused) { var again = box.querySelector(".handle." + focused); if (again) { again.focus(); } }
    }

    function choose(part) {
      chosen = part;
      parts.forEach(function (one) { one.grip.setAttribute("aria-pressed", one === part ? "true" : "false"); });
      if (!spanOf(part)) {
        // nothing is marked yet: begin with the first word of what the row rests on
        var other = parts.map(spanOf).filter(Boolean)[0];
        var from = other ? other[0] : 0;
        keep(from, stepped(from, 1, true, true));
      }
      draw();
      var begin = box.querySelector(".handle.begin");
      if (begin) { begin.focus(); begin.scrollIntoView({ block: "nearest" }); }
    }

    function indexAt(node, offset) {
      var holder = node.nodeType === 1 ? node : node.parentElement;
      var p = holder && holder.closest("p[data-at]");
      var line = lines.find(function (l) { return l.p === p; });
      if (!line) { return null; }
      var before = document.createRange();
      before.selectNodeContents(p);
      before.setEnd(node, offset);
      return line.from + Array.from(before.toString()).length;
    }

    function indexUnder(event) {
      if (document.caretPositionFromPoint) {
        var place = document.caretPositionFromPoint(event.clientX, event.clientY);
        return place && indexAt(place.offsetNode, place.offset);
      }
      var range = document.caretRangeFromPoint(event.clientX, event.clientY);
      return range && indexAt(range.startContainer, range.startOffset);
    }

    box.addEventListener("pointerdown", function (event) {
      if (!event.target.classList.contains("handle")) { return; }
      drag = event.target.classList.contains("begin") ? "begin" : "end";
      box.setPointerCapture(event.pointerId);
      box.classList.add("dragging");
      event.target.focus();
      event.preventDefault();
    });
    box.addEventListener("pointermove", function (event) {
      var at = drag && indexUnder(event);
      if (at === null || !drag) { return; }
      var span = spanOf(chosen);
      if (drag === "begin") { keep(Math.min(at, span[1] - 1), span[1]); } else { keep(span[0], Math.max(at, span[0] + 1)); }
    });
    function drop() { drag = null; box.classList.remove("dragging"); }
    box.addEventListener("pointerup", drop);
    box.addEventListener("pointercancel", drop);

    document.addEventListener("mouseup", function () {
      var held = window.getSelection();
      if (!chosen || drag || held.isCollapsed || !box.contains(held.anchorNode) || !box.contains(held.focusNode)) { return; }
      var ends = [indexAt(held.anchorNode, held.anchorOffset), indexAt(held.focusNode, held.focusOffset)];
      if (ends[0] === null || ends[1] === null) { return; }
      ends.sort(function (a, b) { return a - b; });
      while (ends[0] < ends[1] && /\s/.test(chars[ends[0]].c)) { ends[0] += 1; }
      while (ends[1] > ends[0] && /\s/.test(chars[ends[1] - 1].c)) { ends[1] -= 1; }
      held.removeAllRanges();
      if (ends[1] > ends[0]) { keep(ends[0], ends[1]); }
    });

    box.addEventListener("keydown", function (event) {
      if (!event.target.classList.contains("handle") || event.altKey || event.metaKey) { return; }
      if (event.key === "Escape") { chosen.grip.focus(); event.preventDefault(); return; }
      var begin = event.target.classList.contains("begin");
      var span = spanOf(chosen);
      var at = begin ? span[0] : span[1];
      var line = lineOf(begin ? at : at - 1);
      var rtl = getComputedStyle(line.p).direction === "rtl" ? -1 : 1;
      var to = null;
      if (event.key === "ArrowLeft") { to = stepped(at, -rtl, event.ctrlKey, !begin); }
      else if (event.key === "ArrowRight") { to = stepped(at, rtl, event.ctrlKey, !begin); }
      else if (event.key === "ArrowUp") { to = stepped(at, 1, true, !begin); }
      else if (event.key === "ArrowDown") { to = stepped(at, -1, true, !begin); }
      else if (event.key === "Home") { to = begin ? line.from : span[0] + 1; }
      else if (event.key === "End") { to = begin ? span[1] - 1 : line.to; }
      if (to === null) { return; }
      event.preventDefault();
      event.stopPropagation();
      if (begin) { keep(Math.min(to, span[1] - 1), span[1]); } else { keep(span[0], Math.max(to, span[0] + 1)); }
    });

    draw();
    // the row's own words are in sight from the beginning
    var first = box.querySelector("mark");
    if (first) { box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3; }
  }

  document.addEventListener("DOMContentLoaded", function () {
    var place = document.getElementById("keys-switch");
    if (place) {
      var button = place.querySelector("button");
      place.hidden = false;
      showSwitch(button);
      button.addEventListener("click", function () {
        single = !single;
        try { localStorage.setItem("parley-keys", single ? "on" : "off"); } catch (e) { /* a private window keeps nothing */ }
        showSwitch(button);
      });
    }
    var told = document.getElementById("said-now");
    if (told) { undoInPlace(told); }
    var box = document.getElementById("passage");
    var form = document.getElementById("correcting");
    if (box && form && !form.querySelector("fieldset.all").disabled) {
      each(document.querySelectorAll(".script"), function (s) { s.hidden = false; });
      each(document.querySelectorAll(".noscript"), function (s) { s.hidden = true; });
      Marker(box, form);
    }
  });
})();
