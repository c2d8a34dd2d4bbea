// The one way from text to HTML. The page's Content-Security-Policy allows no other: a string that is given to the
// browser as HTML anywhere else is an error (Trusted Types). Only use it for answers of our own pages.
const policy = window.trustedTypes?.createPolicy("pressok", { createHTML: (text) => text });

export function parsed(text) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
}
