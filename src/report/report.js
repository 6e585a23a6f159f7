"use strict";
// Filters the claims and marks what belongs together. Everything can be read without it.
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = document.getElementById("filters");
  const words = document.getElementById("words");
  const choice = document.getElementById("document");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const claims = $("li.claim").map((element) => ({
    element,
    text: element.firstElementChild.textContent.toLowerCase(),
    state: element.querySelector("b").className,
    sources: $(":scope > p > a", element).map((link) => ({ work: link.hash.slice(1), state: link.className })),
    document: element.closest("article").id,
  }));
  const byElement = new Map(claims.map((claim) => [claim.element, claim]));
  let work = "";

  const checked = (name) => $(`input[name="${name}"]:checked`, form).map((input) => input.value);
  const hasWork = (claim, id) => claim.sources.some((source) => source.work === id);

  const filter = () => {
    const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const states = checked("state");
    const reviews = checked("review");
    const only = choice ? choice.value : "";
    let number = 0;
    for (const claim of claims) {
      const fits =
        (!work || hasWork(claim, work)) &&
        (!only || claim.document === only) &&
        (states.length === 0 || states.includes(claim.state)) &&
        (reviews.length === 0 || claim.sources.some((source) => reviews.includes(source.state))) &&
        sought.every((word) => claim.text.includes(word));
      claim.element.hidden = !fits;
      number += fits ? 1 : 0;
    }
    for (const part of $("section.part, article.document")) {
      part.hidden = !part.querySelector("li.claim:not([hidden])");
    }
    nothing.hidden = number > 0;
    shown.textContent = `${number} of ${claims.length} claims`;
  };

  // Opens what a link leads to, and shows it even if it is filtered away.
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) form.reset();
    for (const details of $(":scope > details", target)) details.open = true;
    mark(target);
    settle(target, 4);
  };

  // What was out of sight had a height that was only estimated, so the way to a target changes as it is drawn.
  const settle = (target, frames) => {
    target.scrollIntoView();
    if (frames > 0) requestAnimationFrame(() => settle(target, frames - 1));
  };

  // The works of a claim, or the claims of a work.
  const mark = (target) => {
    for (const element of $(".related")) element.classList.remove("related");
    if (target.matches("li.claim")) {
      for (const source of byElement.get(target).sources) {
        document.getElementById(source.work).classList.add("related");
      }
    } else if (target.matches("li.work")) {
      for (const claim of claims) {
        if (hasWork(claim, target.id)) claim.element.classList.add("related");
      }
    }
  };

  for (const element of $(".scripted")) element.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    work = "";
    setTimeout(filter);
  });
  for (const button of $("button.only")) {
    button.addEventListener("click", () => {
      work = button.dataset.work;
      filter();
      document.getElementById("claims").scrollIntoView();
      mark(document.getElementById(work));
    });
  }
  document.getElementById("claims").addEventListener("click", (event) => {
    const claim = event.target.closest("li.claim");
    if (!claim || event.target.closest("a, summary, details")) return;
    for (const details of $(":scope > details", claim)) details.open = !details.open;
    mark(claim);
  });
  addEventListener("hashchange", arrive);
  filter();
  arrive();
})();
