// For `loading="lazy"`. Fetched by the pages that have it.

/** Calls back once, when the element is on the screen or about to be. The returned function calls it off. */
export function whenNear(element: Element, callback: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: '256px' },
  );
  observer.observe(element);
  return () => {
    observer.disconnect();
  };
}
