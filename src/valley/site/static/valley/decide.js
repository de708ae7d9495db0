// How does a person decide about fifty sentences without leaving the keyboard?
// Everything on the page works without this file: it only adds single keys (WCAG 2.1.4: they can be switched off and
// do nothing while someone types) and names of competences while typing one.
"use strict";
(() => {
  const form = document.getElementById("decide");
  const keys = document.getElementById("keys");
  if (!form || !keys) return;
  const rows = [...form.querySelectorAll("[data-row]")];
  const status = document.getElementById("decide-status");
  const on = document.getElementById("keys-on");
  const near = document.getElementById("near");
  const KEPT = "valley-decide-keys";

  const remembered = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
  on.checked = remembered() !== "off";
  on.addEventListener("change", () => {
    try { localStorage.setItem(KEPT, on.checked ? "on" : "off"); } catch { /* a browser that keeps nothing */ }
  });
  keys.hidden = false;

  const radio = (row, key) => row.querySelector(`[data-say="${key}"]`);
  const chosen = (row) => row.querySelector("[data-say]:checked");
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));

  const count = () => {
    const done = rows.filter((row) => chosen(row) && chosen(row).value).length;
    status.textContent = `${done} / ${rows.length} ${status.dataset.words}`;
  };
  const go = (place) => {
    const row = rows[Math.min(Math.max(place, 0), rows.length - 1)];
    (chosen(row) || radio(row, "y")).focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  };
  const say = (place, key) => {
    if (place < 0) { go(0); return; }
    radio(rows[place], key).checked = true;
    count();
    if (key === "c") {
      rows[place].querySelector("details").open = true;
      rows[place].querySelector("[data-competence]").focus();
    } else if (place + 1 < rows.length) {
      go(place + 1);
    } else {
      form.querySelector("button").focus();
    }
  };

  const typing = (target) => target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!(event.target instanceof Element) || typing(event.target)) return;
    const place = current();
    if (event.key === "j") go(place + 1);
    else if (event.key === "k") go(place < 0 ? 0 : place - 1);
    else if (["y", "n", "c", "u"].includes(event.key)) say(place, event.key);
    else if (event.key === "?") { keys.open = !keys.open; keys.querySelector("summary").focus(); }
    else return;
    event.preventDefault();
  });

  // Whoever names another competence means "change"; nobody has to say it twice.
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && event.target.matches("[data-change]") && event.target.value) radio(row, "c").checked = true;
    if (event.target.matches("[data-competence]")) suggest(event.target);
    count();
  });

  let waiting = 0;
  const suggest = (input) => {
    clearTimeout(waiting);
    const text = input.value.trim();
    if (text.length < 2) return;
    waiting = setTimeout(async () => {
      const language = document.documentElement.lang.slice(0, 2) === "en" ? "en" : "nl";
      const asked = new URLSearchParams({ text, language, limit: "8" });
      try {
        const answer = await fetch(`${form.dataset.search}?${asked}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        near.replaceChildren(...(await answer.json()).map((one) => {
          const option = document.createElement("option");
          option.value = one.label;
          return option;
        }));
      } catch { /* offline: the name can still be typed */ }
    }, 180);
  };
  count();
})();
