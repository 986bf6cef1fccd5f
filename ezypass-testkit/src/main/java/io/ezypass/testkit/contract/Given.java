package io.ezypass.testkit.contract;

import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Contents and small steps that several topics share. */
final class Given {
  /** Has the form of an id, and no credential has it. */
  static final CredentialId UNKNOWN_ID = CredentialId.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAA");

  /** Nobody is registered with it. */
  static final UserId UNKNOWN_USER = UserId.of("unknown");

  /** Decomposed e acute, a family of four joined emoji, Hebrew and Arabic, an astral letter. */
  static final String UNICODE = "e\u0301 👨‍👩‍👧‍👦 שלום سلام 𝔘 \u00ad\u200f";

  private static final int MOST_PAGES = 5_000;

  private Given() {}

  static CredentialContent.Builder site(String website) {
    return CredentialContent.builder().website(website);
  }

  static CredentialContent login(String website, String login) {
    return site(website).login(login).password(Secret.of("password of " + login)).build();
  }

  /** Every field is set. */
  static CredentialContent everything(Instant now) {
    return CredentialContent.builder()
        .website("https://www.GitHub.com/login?next=%2F")
        .login("tahir")
        .title("Code")
        .urls(List.of("https://github.com/login", "https://gist.github.com"))
        .description("work\nand private")
        .tags(List.of("work", "code"))
        .field("organisation", "ezypass")
        .field("empty", "")
        .favourite(true)
        .rotateBy(LocalDate.of(2031, 2, 28))
        .expiresAt(now.plus(400, ChronoUnit.DAYS))
        .password(Secret.of("correct horse battery staple"))
        .notes(Secret.of("first line\nsecond line"))
        .totp(Secret.of("otpauth://totp/GitHub:tahir?secret=JBSWY3DPEHPK3PXP"))
        .hiddenField("recovery code", Secret.of("12345-67890"))
        .hiddenField("empty", Secret.of(""))
        .build();
  }

  static @Nullable String text(@Nullable Secret secret) {
    return secret == null ? null : secret.use(chars -> new String(chars));
  }

  /** Follows the page tokens to the end; no page may be over the limit. */
  static <T> List<T> allPages(Function<PageRequest, Page<T>> list, int limit) {
    return pagesAfter(null, list, limit);
  }

  /** What comes after a token, to the end. */
  static <T> List<T> pagesAfter(
      @Nullable PageToken token, Function<PageRequest, Page<T>> list, int limit) {
    List<T> all = new ArrayList<>();
    int pages = 0;
    PageToken next = token;
    do {
      Page<T> page = list.apply(new PageRequest(limit, next));
      if (page.items().size() > limit) {
        throw new AssertionError(
            "a page for at most " + limit + " has " + page.items().size() + " items");
      }
      if (++pages > MOST_PAGES) {
        throw new AssertionError("the list does not end");
      }
      all.addAll(page.items());
      next = page.next();
    } while (next != null);
    return all;
  }

  /** The token of the page after the first. */
  static <T> PageToken tokenAfter(Function<PageRequest, Page<T>> list, int limit) {
    return next(list.apply(PageRequest.first(limit)));
  }

  static PageToken next(Page<?> page) {
    PageToken next = page.next();
    if (next == null) {
      throw new AssertionError("there is only one page");
    }
    return next;
  }
}
