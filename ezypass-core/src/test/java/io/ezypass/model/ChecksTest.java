package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input to everything public: refused by the name of its field, never repeated. */
class ChecksTest {
  private static final String CANARY = "canary";
  static final UserId USER = UserId.of("u1");
  static final CredentialId ID = CredentialId.of("A".repeat(28));
  private static final Actor ACTOR = Actor.of("tester");
  static final Audit AUDIT = Audit.created(Instant.EPOCH, ACTOR);
  private static final UserProfile PROFILE = new UserProfile(null, null, null);
  private static final CredentialContent CONTENT =
      CredentialContent.builder().website("example.com").build();
  static final CredentialMeta META = CONTENT.meta();
  private static final CredentialSecrets SECRETS = CONTENT.secrets();

  /** One bad call. */
  record Bad(String target, String field, ThrowingCallable call) {
    @Override
    public String toString() {
      return target + ": " + field;
    }
  }

  /** What takes a text. */
  interface Taker {
    Object take(String text);
  }

  static Stream<Bad> badInput() {
    List<Bad> all = new ArrayList<>();
    ids(all);
    texts(all);
    parts(all);
    users(all);
    credentials(all);
    QueryChecks.add(all);
    BadPolicies.addTo(all);
    BadGrants.addTo(all);
    BadAudits.addTo(all);
    return all.stream();
  }

  private static void ids(List<Bad> all) {
    for (String bad :
        List.of("", " ", CANARY + "@x", CANARY + "#1", CANARY + "\n", "é", big(129))) {
      all.add(new Bad("UserId.of", "user id", () -> UserId.of(bad)));
      all.add(new Bad("UserId.new", "user id", () -> new UserId(bad)));
    }
    for (String bad : List.of("", CANARY, "A".repeat(27) + "+", "A".repeat(29), big(4_097))) {
      all.add(new Bad("CredentialId.of", "credential id", () -> CredentialId.of(bad)));
      all.add(new Bad("CredentialId.new", "credential id", () -> new CredentialId(bad)));
    }
    for (String bad : List.of("", CANARY + "=", CANARY + "\n", CANARY + "/", big(4_097))) {
      all.add(new Bad("PageToken.of", "page token", () -> PageToken.of(bad)));
      all.add(new Bad("PageToken.new", "page token", () -> new PageToken(bad)));
      all.add(new Bad("PendingWrite.of", "pending write", () -> PendingWrite.of(bad)));
      all.add(new Bad("PendingWrite.new", "pending write", () -> new PendingWrite(bad)));
    }
    all.add(new Bad("PendingWrite.of", "pending write", () -> PendingWrite.of(big(1_025))));
    for (String bad : List.of("", CANARY, "A".repeat(21) + "=", "A".repeat(23), big(4_097))) {
      all.add(new Bad("TableId.of", "table id", () -> TableId.of(bad)));
      all.add(new Bad("TableId.new", "table id", () -> new TableId(bad)));
    }
    nothing(all, "TableId.of", "table id", TableId::of);
    nothing(all, "TableId.new", "table id", TableId::new);
    all.add(new Bad("TableId.of", "table id", () -> TableId.of((byte[]) none())));
    all.add(new Bad("TableId.of", "table id", () -> TableId.of(new byte[15])));
    nothing(all, "UserId.of", "user id", UserId::of);
    nothing(all, "UserId.new", "user id", UserId::new);
    nothing(all, "CredentialId.of", "credential id", CredentialId::of);
    nothing(all, "CredentialId.new", "credential id", CredentialId::new);
    nothing(all, "PageToken.of", "page token", PageToken::of);
    nothing(all, "PageToken.new", "page token", PageToken::new);
    nothing(all, "PendingWrite.of", "pending write", PendingWrite::of);
    nothing(all, "PendingWrite.new", "pending write", PendingWrite::new);
  }

  private static void texts(List<Bad> all) {
    requiredLine(all, "Actor.of", "actor id", 256, Actor::of);
    requiredLine(all, "Actor.new", "actor id", 256, Actor::new);
    requiredLine(all, "BatchId.of", "batch id", 256, BatchId::of);
    requiredLine(all, "BatchId.new", "batch id", 256, BatchId::new);
    requiredLine(all, "Website.of", "website", 2_048, Website::of);
    requiredLine(all, "Website.named", "website", 2_048, Website::named);
    requiredLine(
        all, "Website.new", "website", 2_048, text -> new Website(Website.Kind.HOST, "a", text));
    requiredLine(
        all, "Website.new", "website", 6_144, text -> new Website(Website.Kind.HOST, text, "a"));
    requiredLine(all, "UserKey.username", "username", 320, UserKey::username);
    requiredLine(all, "UserKey.email", "email", 320, UserKey::email);
    requiredLine(
        all, "UserKey.new", "user key", 320, text -> new UserKey(UserKey.Kind.EMAIL, "a", text));
    requiredLine(
        all, "UserKey.new", "user key", 960, text -> new UserKey(UserKey.Kind.EMAIL, text, "a"));
    requiredLine(
        all, "HiddenField.new", "hidden field name", 256, t -> new HiddenField(t, Secret.of("v")));
    for (String bad : List.of(CANARY, "@" + CANARY, CANARY + "@", " @" + CANARY, CANARY + "@ ")) {
      all.add(new Bad("UserKey.email", "email", () -> UserKey.email(bad)));
      all.add(new Bad("UserProfile.new", "email", () -> new UserProfile(null, bad, null)));
      all.add(new Bad("NewUser.withEmail", "email", () -> NewUser.withEmail(bad)));
    }
    for (String bad : List.of("\ud800" + CANARY, CANARY + "\udc00", "\udc00\ud800", big(100_001))) {
      all.add(new Bad("Secret.of", "secret", () -> Secret.of(bad)));
      all.add(new Bad("Secret.of", "secret", () -> Secret.of(bad.toCharArray())));
    }
    nothing(all, "Secret.of", "secret", Secret::of);
    all.add(new Bad("Secret.of", "secret", () -> Secret.of((char[]) none())));
  }

  private static void parts(List<Bad> all) {
    all.add(new Bad("Actor.user", "user", () -> Actor.user(none())));
    all.add(new Bad("Website.new", "website kind", () -> new Website(none(), "a", "a")));
    all.add(new Bad("UserKey.new", "user key kind", () -> new UserKey(none(), "a", "a")));
    all.add(new Bad("HiddenField.new", "hidden field value", () -> new HiddenField("n", none())));
    all.add(new Bad("Audit.created", "createdAt", () -> Audit.created(none(), ACTOR)));
    all.add(new Bad("Audit.created", "createdBy", () -> Audit.created(Instant.EPOCH, none())));
    all.add(new Bad("Audit.updated", "updatedAt", () -> AUDIT.updated(none(), ACTOR)));
    all.add(new Bad("Audit.updated", "updatedBy", () -> AUDIT.updated(Instant.EPOCH, none())));
    all.add(
        new Bad("Audit.new", "createdAt", () -> new Audit(none(), ACTOR, Instant.EPOCH, ACTOR)));
    for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE}) {
      all.add(new Bad("PageRequest.first", "page limit", () -> PageRequest.first(limit)));
      all.add(new Bad("PageRequest.new", "page limit", () -> new PageRequest(limit, null)));
      all.add(
          new Bad(
              "PageRequest.after",
              "page limit",
              () -> PageRequest.after(PageToken.of("t"), limit)));
    }
    all.add(new Bad("PageRequest.after", "page token", () -> PageRequest.after(none(), 1)));
    all.add(new Bad("Page.new", "items", () -> new Page<>(none(), null)));
    all.add(new Bad("Page.new", "an entry of items", () -> new Page<>(holdingNull(), null)));
  }

  private static void users(List<Bad> all) {
    line(all, "UserProfile.new", "username", 320, text -> new UserProfile(text, null, null));
    line(all, "UserProfile.new", "email", 320, text -> new UserProfile(null, text, null));
    line(all, "UserProfile.new", "display name", 1_024, t -> new UserProfile(null, null, t));
    line(all, "UserProfile.withUsername", "username", 320, PROFILE::withUsername);
    line(all, "UserProfile.withEmail", "email", 320, PROFILE::withEmail);
    line(all, "UserProfile.withDisplayName", "display name", 1_024, PROFILE::withDisplayName);
    requiredLine(all, "NewUser.withEmail", "email", 320, NewUser::withEmail);
    requiredLine(all, "NewUser.withUsername", "username", 320, NewUser::withUsername);
    NewUser user = NewUser.withId(USER);
    requiredLine(all, "NewUser.email", "email", 320, user::email);
    requiredLine(all, "NewUser.username", "username", 320, user::username);
    line(all, "NewUser.displayName", "display name", 1_024, user::displayName);
    nothing(all, "NewUser.displayName", "display name", user::displayName);
    all.add(new Bad("NewUser.withId", "id", () -> NewUser.withId(none())));
    all.add(new Bad("NewUser.id", "id", () -> user.id(none())));
    all.add(new Bad("NewUser.new", "id", () -> new NewUser(none(), PROFILE)));
    all.add(new Bad("NewUser.new", "profile", () -> new NewUser(USER, none())));
    all.add(new Bad("VaultUser.new", "id", () -> new VaultUser(none(), PROFILE, AUDIT, 1)));
    all.add(new Bad("VaultUser.new", "profile", () -> new VaultUser(USER, none(), AUDIT, 1)));
    all.add(new Bad("VaultUser.new", "audit", () -> new VaultUser(USER, PROFILE, none(), 1)));
    all.add(new Bad("UserDeletion.new", "user", () -> deletion(none(), Set.of())));
    all.add(new Bad("UserDeletion.new", "claimsLeft", () -> deletion(USER, none())));
    all.add(
        new Bad(
            "UserDeletion.new",
            "an entry of claimsLeft",
            () -> deletion(USER, Collections.singleton(none()))));
  }

  private static void credentials(List<Bad> all) {
    line(all, "CredentialMeta.new", "login", 1_024, t -> content().login(t).build());
    line(all, "CredentialMeta.new", "title", 1_024, t -> content().title(t).build());
    lines(all, "CredentialMeta.new", "description", 10_000, t -> content().description(t).build());
    requiredLine(all, "CredentialMeta.new", "url", 2_048, t -> content().urls(listOf(t)).build());
    requiredLine(all, "CredentialMeta.new", "tag", 128, t -> content().tags(listOf(t)).build());
    List<String> many = Collections.nCopies(65, CANARY);
    all.add(new Bad("CredentialMeta.new", "urls", () -> content().urls(many).build()));
    all.add(new Bad("CredentialMeta.new", "tags", () -> content().tags(many).build()));
    all.add(new Bad("Builder.urls", "urls", () -> content().urls(none())));
    all.add(new Bad("Builder.tags", "tags", () -> content().tags(none())));
    all.add(new Bad("Builder.website", "website", () -> content().website((String) none())));
    all.add(new Bad("Builder.build", "website", () -> CredentialContent.builder().build()));
    CustomField field = CustomField.ofText(CANARY, CANARY);
    all.add(new Bad("CredentialMeta.new", "custom fields", () -> fields(field, 129)));
    all.add(new Bad("CredentialMeta.new", "custom fields", () -> fields(none(), 1)));
    HiddenField hidden = new HiddenField(CANARY, Secret.of(CANARY));
    all.add(new Bad("CredentialSecrets.new", "hidden fields", () -> hidden(hidden, 129)));
    all.add(new Bad("CredentialSecrets.new", "an entry of hidden fields", () -> hidden(none(), 1)));
    all.add(
        new Bad(
            "CredentialSecrets.new",
            "hidden fields",
            () -> new CredentialSecrets(null, null, null, none())));
    all.add(new Bad("CredentialContent.new", "meta", () -> new CredentialContent(none(), SECRETS)));
    all.add(new Bad("CredentialContent.new", "secrets", () -> new CredentialContent(META, none())));
    all.add(new Bad("Credential.new", "id", () -> new Credential(none(), USER, CONTENT, AUDIT, 1)));
    all.add(
        new Bad("Credential.new", "owner", () -> new Credential(ID, none(), CONTENT, AUDIT, 1)));
    all.add(new Bad("Credential.new", "content", () -> new Credential(ID, USER, none(), AUDIT, 1)));
    all.add(new Bad("Credential.new", "audit", () -> new Credential(ID, USER, CONTENT, none(), 1)));
    all.add(
        new Bad(
            "CredentialSummary.new",
            "meta",
            () -> new CredentialSummary(ID, USER, none(), AUDIT, 1)));
    all.add(new Bad("CredentialVersion.new", "id", () -> new CredentialVersion(none(), 1)));
    all.add(new Bad("CredentialVersion.new", "version", () -> new CredentialVersion(ID, 0)));
    all.add(new Bad("CredentialVersion.of", "summary", () -> CredentialVersion.of(none())));
  }

  @ParameterizedTest
  @MethodSource("badInput")
  void namesTheFieldAndNeverRepeatsTheValue(Bad bad) {
    assertThatThrownBy(bad.call())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(bad.field())
        .hasMessageNotContaining(CANARY)
        .hasNoCause();
  }

  @Test
  void noPublicConstructorOrFactoryIsForgotten() {
    Set<String> covered = new TreeSet<>(badInput().map(Bad::target).toList());

    for (Class<?> type : ModelClasses.all()) {
      if (Modifier.isPublic(type.getModifiers()) && !type.isEnum()) {
        assertThat(covered).containsAll(entrances(type));
      }
    }
  }

  @Test
  void emptyTextIsNoneWhereTextIsOptional() {
    CredentialContent content = content().login("").title("").description("").build();

    assertThat(content).isEqualTo(content().build());
    assertThat(new UserProfile("", "", "")).isEqualTo(PROFILE);
    assertThat(content().password(Secret.of("")).build().password()).isNull();
  }

  @Test
  void theLongestTextIsTaken() {
    assertThatCode(
            () ->
                content()
                    .website("x".repeat(2_048))
                    .login("🐎".repeat(512))
                    .description("a\r\n\tb" + "x".repeat(9_995))
                    .urls(Collections.nCopies(64, "x".repeat(2_048)))
                    .build())
        .doesNotThrowAnyException();
  }

  @Test
  void listsAreCopied() {
    List<String> tags = new ArrayList<>(List.of("one"));
    CredentialContent.Builder builder = content().tags(tags);
    tags.add("two");

    assertThat(builder.build().meta().tags()).containsExactly("one");
  }

  private static Set<String> entrances(Class<?> type) {
    Set<String> entrances = new TreeSet<>();
    for (Constructor<?> constructor : type.getConstructors()) {
      if (constructor.getParameterCount() > 0) {
        entrances.add(type.getSimpleName() + ".new");
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      boolean factory =
          Modifier.isStatic(method.getModifiers()) && method.getReturnType().equals(type);
      if (factory && Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0) {
        entrances.add(type.getSimpleName() + "." + method.getName());
      }
    }
    return entrances;
  }

  static void requiredLine(List<Bad> all, String target, String field, int max, Taker taker) {
    nothing(all, target, field, taker);
    line(all, target, field, max, taker);
    for (String blank : List.of("", " ", "  \u3000", "\u00a0")) {
      all.add(new Bad(target, field, () -> taker.take(blank)));
    }
  }

  private static void line(List<Bad> all, String target, String field, int max, Taker taker) {
    malformed(all, target, field, max, taker);
    for (String bad : List.of(CANARY + "\n@x", CANARY + "\r@x", CANARY + "\t@x")) {
      all.add(new Bad(target, field, () -> taker.take(bad)));
    }
  }

  static void lines(List<Bad> all, String target, String field, int max, Taker taker) {
    malformed(all, target, field, max, taker);
  }

  private static void malformed(List<Bad> all, String target, String field, int max, Taker taker) {
    for (String bad : List.of("\0", "\u001b", "\u007f", "\u0085", "\ud800", "\udc00")) {
      all.add(new Bad(target, field, () -> taker.take(CANARY + bad + "@x")));
    }
    String oversized = CANARY + "@" + big(max + 1 - CANARY.length() - 1);
    all.add(new Bad(target, field, () -> taker.take(oversized)));
  }

  static void nothing(List<Bad> all, String target, String field, Taker taker) {
    all.add(new Bad(target, field, () -> taker.take(none())));
  }

  private static CredentialContent.Builder content() {
    return CredentialContent.builder().website("example.com");
  }

  private static CredentialMeta fields(CustomField field, int count) {
    return new CredentialMeta(
        META.website(),
        null,
        null,
        List.of(),
        null,
        List.of(),
        Collections.nCopies(count, field),
        false,
        null,
        null);
  }

  private static CredentialSecrets hidden(HiddenField field, int count) {
    return new CredentialSecrets(null, null, null, Collections.nCopies(count, field));
  }

  private static UserDeletion deletion(UserId user, Set<UserKey.Kind> claimsLeft) {
    return new UserDeletion(user, UserDeletion.State.PENDING, Instant.EPOCH, 0, claimsLeft, null);
  }

  private static List<String> listOf(String entry) {
    return Arrays.asList(entry);
  }

  private static <T> List<T> holdingNull() {
    return Collections.singletonList(none());
  }

  private static String big(int length) {
    return "x".repeat(length);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  static <T> T none() {
    return null;
  }
}
