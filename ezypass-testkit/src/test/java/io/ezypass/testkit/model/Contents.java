package io.ezypass.testkit.model;

import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.Website;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What users write, out of little: so that it meets, repeats and comes back. */
final class Contents {
  static final List<Website> WEBSITES =
      List.of(
          Website.of("a.example"),
          Website.of("https://www.A.example/login"),
          Website.of("login.a.example"),
          Website.of("b.example"),
          Website.of("android://key@com.example.a"),
          Website.named("My Bank"));
  static final List<String> TAGS = List.of("work", "Work", "home", "été");
  private static final List<String> ADDRESSES =
      List.of("one@example.com", "One@Example.com", "two@example.com", "three@example.com");
  private static final List<String> USERNAMES = List.of("one", "ONE", "two", "three");

  private final World world;

  Contents(World world) {
    this.world = world;
  }

  CredentialContent any() {
    CredentialContent.Builder content =
        CredentialContent.builder()
            .website(world.any(WEBSITES))
            .login(orNull(List.of("tahir", "Ada Lovelace", "")))
            .title(orNull(List.of("Bank", "mail of ann")))
            .tags(some(TAGS))
            .favourite(world.once(3))
            .expiresAt(expiry());
    rotation(content);
    secrets(content);
    if (world.once(4)) {
      content.urls(List.of("https://a.example/login")).description("a bank\nat home");
      content.field("branch", world.any(List.of("", "7"))).booleanField("joint", world.once(2));
      content.linkField("site", "https://b.example");
    }
    return content.build();
  }

  /** A change of one thing, or of nothing; the same whenever it is applied. */
  UnaryOperator<CredentialContent> change() {
    CredentialContent other = any();
    return switch (world.random.nextInt(7)) {
      case 0, 1 -> from -> from.toBuilder().website(other.website()).build();
      case 2 -> from -> from.toBuilder().expiresAt(other.meta().expiresAt()).build();
      case 3 -> from -> from.toBuilder().rotateBy(other.meta().rotateBy()).build();
      case 4 -> from -> from.toBuilder().password(other.password()).build();
      case 5 -> from -> from.toBuilder().title(other.title()).build();
      default -> from -> from;
    };
  }

  NewUser user(UserId id) {
    return new NewUser(id, profile());
  }

  UserProfile profile() {
    return new UserProfile(orNull(USERNAMES), orNull(ADDRESSES), orNull(List.of("Ann", "")));
  }

  UserKey key() {
    return world.once(2)
        ? UserKey.email(world.any(ADDRESSES))
        : UserKey.username(world.any(USERNAMES));
  }

  private void rotation(CredentialContent.Builder content) {
    content.rotateBy(world.once(2) ? null : world.today().plusDays(world.random.nextInt(5) - 1));
  }

  private void secrets(CredentialContent.Builder content) {
    content.password(secret(List.of("p", "correct horse", "x".repeat(70))));
    content.notes(secret(List.of("first\nsecond")));
    content.totp(secret(List.of("JBSWY3DPEHPK3PXP")));
    if (world.once(5)) {
      content.hiddenField("pin", Secret.of(world.any(List.of("", "1234"))));
    }
  }

  /** Mostly none; at times over already, or so soon that cutting it to seconds makes it so. */
  @Nullable Instant expiry() {
    Duration in =
        switch (world.random.nextInt(20)) {
          case 0, 1 -> Duration.ofMillis(1 + world.random.nextInt(5_000));
          case 2, 3 -> Duration.ofMinutes(1 + world.random.nextInt(5));
          case 4, 5 -> Duration.ofDays(1 + world.random.nextInt(60));
          case 6 -> world.once(4) ? Duration.ofSeconds(-world.random.nextInt(2)) : null;
          default -> null;
        };
    if (in == null) {
      return null;
    }
    Instant end = world.now().plus(in);
    world.endsAt(end);
    return end;
  }

  private @Nullable Secret secret(List<String> values) {
    String value = orNull(values);
    return value == null ? null : Secret.of(value);
  }

  private <T> @Nullable T orNull(List<T> values) {
    return world.once(3) ? null : world.any(values);
  }

  private <T> List<T> some(List<T> values) {
    List<T> some = new ArrayList<>(values);
    some.removeIf(value -> world.once(2));
    return some;
  }
}
