package io.ezypass.model;

/** Which websites a search by website takes in. */
public enum WebsiteMatch {
  /** Only the website asked for: one Query. */
  EXACT,
  /**
   * The website and, for a host, each of its {@linkplain Website#parentDomains() parent domains} of
   * two labels or more: one Query each.
   */
  WITH_PARENT_DOMAINS
}
