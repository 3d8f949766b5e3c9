// Keeps an open page true. Without it every page still works; reloading shows the same.
"use strict";
(() => {
  const body = document.body;
  const offset = Date.now() - Number(body.dataset.now || Date.now());
  const serverNow = () => Date.now() - offset;

  // The same words as the server's.
  const words = (seconds) => {
    const s = Math.max(0, Math.floor(seconds));
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)} min`;
    if (s < 86400) {
      const m = Math.floor(s / 60) % 60;
      return m ? `${Math.floor(s / 3600)} h ${m} min` : `${Math.floor(s / 3600)} h`;
    }
    const h = Math.floor(s / 3600) % 24;
    return h ? `${Math.floor(s / 86400)} d ${h} h` : `${Math.floor(s / 86400)} d`;
  };
  // A proof grows old even when nothing arrives: ages go on by themselves.
  const age = () => {
    for (const time of document.querySelectorAll("time[data-age]")) {
      const text = words((serverNow() - Number(time.dataset.age)) / 1000);
      if (time.textContent !== text) time.textContent = text;
    }
  };
  setInterval(age, 1000);

  const address = body.dataset.live;
  const sign = document.getElementById("live");
  if (!address || !sign || !window.EventSource) return;
  const say = (state, text) => {
    sign.hidden = false;
    if (sign.dataset.state !== state) { sign.dataset.state = state; sign.textContent = text; }
  };

  // Swaps the parts of the page that look different now. One that is being worked in stays as it is.
  const swap = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    for (const part of next.querySelectorAll("[data-part]")) {
      const old = document.getElementById(part.id);
      if (!old || old.isEqualNode(part)) continue;
      const busy = document.activeElement;
      const held = busy && busy !== body && old.contains(busy) ? busy.getAttribute("href") || busy.textContent : null;
      const open = Array.from(old.querySelectorAll("details"), (d) => d.open);
      old.replaceWith(document.importNode(part, true));
      const fresh = document.getElementById(part.id);
      fresh.querySelectorAll("details").forEach((d, i) => { d.open = Boolean(open[i]); });
      if (held !== null) {
        for (const link of fresh.querySelectorAll("a, button, summary")) {
          if ((link.getAttribute("href") || link.textContent) === held) { link.focus({ preventScroll: true }); break; }
        }
      }
    }
  };

  let fetching = false, again = false;
  const refresh = async () => {
    if (fetching) { again = true; return; }
    fetching = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (answer.redirected && new URL(answer.url).pathname === "/sign-in") { location.assign("/sign-in"); return; }
      if (answer.ok) { swap(await answer.text()); age(); }
    } catch { /* The stream says that the line is gone. */ }
    fetching = false;
    if (again) { again = false; setTimeout(refresh, 500); }
  };

  let source = null;
  const open = () => {
    if (source) return;
    source = new EventSource(address);
    source.onopen = () => { say("on", "live"); };
    source.addEventListener("changed", refresh);
    source.onerror = () => {
      const time = new Date(serverNow()).toISOString().slice(11, 19);
      say("off", `not live since ${time} UTC`);
      // The browser gives up for good when the answer is not a stream, as it is after the session's end.
      if (source && source.readyState === EventSource.CLOSED) { source = null; setTimeout(() => { open(); refresh(); }, 5000); }
    };
  };
  const close = () => { if (source) { source.close(); source = null; } };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) close(); else { open(); refresh(); }
  });
  addEventListener("pagehide", close);
  if (!document.hidden) open();
})();

// Countdowns, counters and copying on the pages of cases. Without them the pages show what was true when they were made.
(() => {
  const body = document.body;
  const offset = Date.now() - Number(body.dataset.now || Date.now());
  const words = (s) => {
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)} min`;
    const [big, small, names] = s < 86400
      ? [Math.floor(s / 3600), Math.floor(s / 60) % 60, ["h", "min"]] : [Math.floor(s / 86400), Math.floor(s / 3600) % 24, ["d", "h"]];
    return small ? `${big} ${names[0]} ${small} ${names[1]}` : `${big} ${names[0]}`;
  };
  const soon = 4 * 3600;
  const count = () => {
    for (const due of document.querySelectorAll("[data-due]")) {
      const left = Number(due.dataset.due) - (Date.now() - offset);
      const seconds = Math.floor(Math.abs(left) / 1000);
      const [key, symbol] = left < 0 ? ["overdue", "critical"] : seconds < soon ? ["soon", "warning"] : ["running", "info"];
      const text = left < 0 ? `overdue by ${words(seconds)}` : `due in ${words(seconds)}`;
      const said = due.querySelector("span");
      if (said && said.textContent !== text) said.textContent = text;
      if (!due.classList.contains(`is-${key}`)) {
        due.className = `due is-${key}`;
        const use = due.querySelector("use");
        if (use) use.setAttribute("href", `#mark-${symbol}`);
      }
    }
  };
  setInterval(count, 1000);

  // As the server counts: UTF-16 code units, a line break as two.
  const length = (text) => text.length + (text.match(/\n/g) || []).length;
  for (const counter of document.querySelectorAll("[data-counter]")) {
    const field = document.getElementById(counter.dataset.counter);
    if (!field || field.value === undefined) continue;
    field.addEventListener("input", () => {
      const limit = Number(field.dataset.limit || 0), used = length(field.value);
      counter.textContent = limit ? `${used} of ${limit}` : String(used);
      counter.classList.toggle("over", limit > 0 && used > limit);
    });
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = field.value === undefined ? field.textContent : field.value;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "copied";
      } catch {
        // Without a secure context the browser lets nobody write: the text is selected instead.
        if (field.select) field.select();
        button.textContent = "selected: copy it with the keyboard";
      }
      setTimeout(() => { button.textContent = "copy"; }, 2500);
    });
  }
})();
