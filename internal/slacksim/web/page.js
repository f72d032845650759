// Keeps the page as the workspace is: what changed is fetched and put in place, and what somebody is typing stays.
"use strict";

const latest = messages => messages.scrollTo(0, messages.scrollHeight);

// drawn is what each message looked like when it was put there, whatever menu was opened in it since.
const drawn = new WeakMap();
const remember = node => drawn.set(node, node.outerHTML);
document.querySelectorAll("article").forEach(remember);

// patch leaves messages that are as they were alone, so that a click on one is not lost. Their order never changes.
function patch(old, fresh) {
  let at = old.firstElementChild;
  const drop = () => { const next = at.nextElementSibling; at.remove(); at = next; };
  for (const child of [...fresh.children]) {
    const same = child.id && old.querySelector(`#${CSS.escape(child.id)}`);
    if (same && drawn.get(same) === child.outerHTML) {
      while (at && at !== same) drop();
      at = same.nextElementSibling;
    } else {
      remember(child);
      old.insertBefore(child, at);
    }
  }
  while (at) drop();
}

// replace puts fresh parts in the place of old ones. An open modal stays unless the app changed it, an open menu closes.
function replace(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (!next || next.innerHTML === part.innerHTML) continue;
    if (part.dataset.key !== undefined && part.dataset.key === next.dataset.key) continue;
    const follow = part.scrollHeight - part.scrollTop - part.clientHeight < 80;
    if (!part.classList.contains("messages")) { part.replaceWith(next); continue; }
    patch(part, next);
    if (follow) latest(part);
  }
  document.title = fresh.title;
}

async function refresh() {
  const address = new URL(location);
  address.searchParams.delete("trouble");
  const answer = await fetch(address);
  replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

let asked = false;
new EventSource("/page/live").onmessage = () => {
  if (asked) return;
  asked = true;
  setTimeout(() => { asked = false; refresh(); }, 60); // many changes at once are one
};

document.addEventListener("change", event => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
document.addEventListener("submit", event => {
  const question = event.target.dataset.confirm;
  if (question !== undefined && !confirm(question)) event.preventDefault();
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape") document.querySelector(".modal .head button")?.click();
});
document.querySelectorAll(".messages").forEach(latest);
document.querySelector(".modal .blocks :is(input:not([type=hidden]), select, textarea)")?.focus();
