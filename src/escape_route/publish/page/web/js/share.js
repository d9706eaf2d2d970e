// Sharing and embedding: copy buttons, and how the page behaves inside another one.

/** @returns {string | null} what of the page another one shows: "all", "map" or "ledger"; null where it stands alone */
function embedded() {
  const part = decoded(location.hash.slice(1)).split("&")[0] ?? "";
  if (part !== "embed" && !part.startsWith("embed=")) return null;
  return ["map", "ledger"].find((each) => part === `embed=${each}`) ?? "all";
}

/** So high is the map at the least where the text stands above it, in pixels. */
const LEAST_MAP_PX = 320;

/** In a frame the text beside the map is as long as there is room for it: the whole of what stands first, its first sentence, or how many they were. */
function fitOpening() {
  const root = document.documentElement;
  if (!root.classList.contains("is-embed")) return;
  const text = one(".opening");
  const isBeside = one(".map").getBoundingClientRect().top < text.getBoundingClientRect().bottom;
  for (const form of isBeside ? ["is-roomy", "", "is-brief"] : [""]) {
    for (const each of ["is-roomy", "is-brief"]) root.classList.toggle(each, each === form);
    if (text.scrollHeight <= text.clientHeight + 1) return;
  }
}

/** Show what was asked for, fitted to the frame, and tell the page around how high it would be. Nothing else is told. */
function startEmbed() {
  const part = embedded();
  if (!part) return;
  document.documentElement.classList.add("is-embed", `embeds-${part}`);
  one(".view").setAttribute("role", "main"); // the chapters, which are it otherwise, are not shown
  const link = /** @type {HTMLAnchorElement} */ (one(".whole-story"));
  link.hidden = false;
  link.href = location.href.split("#")[0] ?? "";
  window.addEventListener("resize", fitOpening);
  if (window.parent === window) return;
  const [text, map, ledger] = [one(".opening"), one(".map"), one(".view > .ledger")];
  const tell = () => {
    const beside = map.getBoundingClientRect().top < text.getBoundingClientRect().bottom;
    const read = text.offsetHeight + ledger.offsetHeight;
    const height = Math.ceil(beside ? Math.max(read, LEAST_MAP_PX) : read + LEAST_MAP_PX);
    window.parent.postMessage({ "escape-route": { height } }, "*");
  };
  const observer = new ResizeObserver(tell);
  for (const part of [text, ledger]) observer.observe(part);
}

/** Fill the address in where the page knows it, and let what is to be copied be copied. */
function startShare() {
  const here = location.protocol.startsWith("http") ? location.href.split("#")[0] : undefined;
  for (const field of all("[data-share]")) {
    const text = /** @type {HTMLTextAreaElement} */ (field);
    if (here) text.value = text.value.replace(must(text.dataset.nowhere), here);
    const button = /** @type {HTMLButtonElement} */ (must(text.parentElement).querySelector("[data-copy]"));
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.value);
      one(".copied").textContent = say("copied");
    });
    text.addEventListener("focus", () => text.select());
  }
}
