package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fills every record of the package with canaries, so that a new one cannot be forgotten. */
class RedactionTest {
  /** Has the form of an e-mail address, so that it fits into every text. */
  private static final String CANARY = "canary@example.com";

  private static final String YEAR = "7531";

  /** Made by the library or bound to say nothing: these print themselves, and can be logged. */
  private static final Map<Class<?>, Object> IDS =
      Map.of(
          UserId.class, UserId.of("user-1"),
          CredentialId.class, CredentialId.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
          PageToken.class, PageToken.of("page-1"),
          PendingWrite.class, PendingWrite.of("pending-1"),
          TableId.class, TableId.of("AAAAAAAAAAAAAAAAAAAAAA"));

  private static final Map<Class<?>, Object> LEAVES =
      Map.ofEntries(
          Map.entry(String.class, CANARY),
          Map.entry(Secret.class, Secret.of(CANARY)),
          Map.entry(Instant.class, Instant.parse(YEAR + "-07-07T00:00:00Z")),
          Map.entry(LocalDate.class, LocalDate.of(7531, 7, 7)),
          Map.entry(RevisionPolicy.class, RevisionPolicy.all(1)),
          Map.entry(TrashPolicy.class, TrashPolicy.off()),
          Map.entry(AuditPolicy.class, AuditPolicy.off()),
          Map.entry(
              AuditedChange.class,
              new AuditedChange(
                  AuditedChange.Action.ADD,
                  CredentialId.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                  1,
                  null)),
          Map.entry(long.class, 1L),
          Map.entry(int.class, 1),
          Map.entry(boolean.class, true));

  /** The times in these are the library's own or asked for, not what the user wrote. */
  private static final Set<Class<?>> SHOW_TIMES =
      Set.of(Audit.class, AuditRange.class, UserDeletion.class);

  static Stream<Class<?>> records() {
    return ModelClasses.all().stream()
        .filter(type -> type.isRecord() && !IDS.containsKey(type) && !LEAVES.containsKey(type))
        .filter(type -> Modifier.isPublic(type.getModifiers()));
  }

  @Test
  void findsTheRecords() {
    assertThat(records())
        .contains(Website.class, UserKey.class, CredentialContent.class, VaultUser.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void showsNothingOfWhatAUserWrote(Class<?> type) {
    String shown = filled(type).toString();

    assertThat(shown).doesNotContain("canary").doesNotContain("example");
    if (!SHOW_TIMES.contains(type)) {
      assertThat(shown).doesNotContain(YEAR);
    }
  }

  @Test
  void buildersShowNothingEither() {
    CredentialContent.Builder builder =
        CredentialContent.builder().website(CANARY).password(Secret.of(CANARY));

    assertThat(builder).asString().doesNotContain("canary");
  }

  private static Object filled(Type type) {
    if (type instanceof TypeVariable<?>) {
      return filled(Credential.class);
    }
    if (type instanceof ParameterizedType generic) {
      Object element = filled(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == Set.class ? Set.of(element) : List.of(element);
    }
    Class<?> raw = (Class<?>) type;
    Object known = IDS.getOrDefault(raw, LEAVES.get(raw));
    if (known != null) {
      return known;
    }
    return raw.isEnum() ? raw.getEnumConstants()[0] : filledRecord(raw);
  }

  private static Object filledRecord(Class<?> type) {
    assertThat(type.isRecord()).as("%s needs a sample here", type).isTrue();
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values =
        Stream.of(components).map(component -> filled(component.getGenericType())).toArray();
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be filled", e);
    }
  }
}
