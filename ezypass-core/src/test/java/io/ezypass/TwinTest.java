package io.ezypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.SdkPublisher;

/** The async interfaces say what the sync ones say, method by method. */
class TwinTest {
  private static final int MOST_METHODS = 20;

  /** Each interface and its async twin; a method that returns the one returns the other there. */
  private static final Map<Class<?>, Class<?>> TWINS =
      Map.of(
          VaultRepository.class, AsyncVaultRepository.class,
          Vault.class, AsyncVault.class,
          VaultHistory.class, AsyncVaultHistory.class,
          VaultTrash.class, AsyncVaultTrash.class,
          VaultSharing.class, AsyncVaultSharing.class,
          VaultAudit.class, AsyncVaultAudit.class,
          VaultBatch.class, AsyncVaultBatch.class,
          DueCredentials.class, AsyncDueCredentials.class);

  /** What sends no request returns the same value at once in both. */
  private static final Set<String> WITHOUT_REQUEST = Set.of("owner");

  @Test
  void twinsHaveTheSameMethods() {
    SoftAssertions all = new SoftAssertions();
    TWINS.forEach(
        (sync, async) ->
            all.assertThat(signatures(async, method -> method.getGenericReturnType().getTypeName()))
                .as("methods of %s", async.getSimpleName())
                .isEqualTo(signatures(sync, TwinTest::returnTypeOfTwin)));
    all.assertAll();
  }

  @Test
  void interfacesAreSmallAndHaveOneOverloadOfEachMethod() {
    SoftAssertions all = new SoftAssertions();
    interfaces()
        .forEach(
            type ->
                all.assertThat(Arrays.stream(type.getMethods()).map(Method::getName))
                    .as("methods of %s", type.getSimpleName())
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(1, MOST_METHODS));
    all.assertAll();
  }

  @Test
  void interfacesAreNothingButTheirAbstractMethods() {
    SoftAssertions all = new SoftAssertions();
    interfaces()
        .forEach(
            type -> {
              all.assertThat(type.getMethods())
                  .as("methods of %s", type.getSimpleName())
                  .allMatch(method -> Modifier.isAbstract(method.getModifiers()))
                  .allMatch(method -> method.getTypeParameters().length == 0)
                  .allMatch(method -> method.getExceptionTypes().length == 0);
              all.assertThat(type.getInterfaces()).as(type.getSimpleName()).isEmpty();
              all.assertThat(type.getFields()).as(type.getSimpleName()).isEmpty();
            });
    all.assertAll();
  }

  /** The mapping itself, spelled out for one method of each kind. */
  @Test
  void returnTypesAreMappedAsTheDesignSays() {
    assertThat(signatures(Vault.class, TwinTest::returnTypeOfTwin))
        .containsEntry("owner", "() -> io.ezypass.model.UserId")
        .containsEntry(
            "delete",
            "(io.ezypass.model.CredentialId, long) -> "
                + "java.util.concurrent.CompletableFuture<java.lang.Void>")
        .containsEntry(
            "open",
            "() -> java.util.concurrent.CompletableFuture<"
                + "java.util.List<io.ezypass.model.CredentialSummary>>")
        .containsEntry(
            "credentials",
            "() -> software.amazon.awssdk.core.async.SdkPublisher<io.ezypass.model.Credential>");
    assertThat(signatures(VaultRepository.class, TwinTest::returnTypeOfTwin))
        .containsEntry("vault", "(io.ezypass.model.UserId) -> io.ezypass.AsyncVault")
        .containsEntry("as", "(io.ezypass.model.Actor) -> io.ezypass.AsyncVaultRepository");
  }

  private static String returnTypeOfTwin(Method method) {
    Class<?> type = method.getReturnType();
    String name = method.getGenericReturnType().getTypeName();
    if (WITHOUT_REQUEST.contains(method.getName())) {
      return name;
    }
    Class<?> twin = TWINS.get(type);
    if (twin != null) {
      return twin.getName();
    }
    if (type == Stream.class
        && method.getGenericReturnType() instanceof ParameterizedType generic) {
      return SdkPublisher.class.getName() + typeArguments(generic);
    }
    return CompletableFuture.class.getName()
        + "<"
        + (type.isPrimitive() ? MethodType.methodType(type).wrap().returnType().getName() : name)
        + ">";
  }

  private static String typeArguments(ParameterizedType type) {
    return Arrays.stream(type.getActualTypeArguments())
        .map(Type::getTypeName)
        .collect(Collectors.joining(", ", "<", ">"));
  }

  /** The types of the parameters and of what the method returns, by method name. */
  private static Map<String, String> signatures(
      Class<?> type, Function<Method, String> returnType) {
    Map<String, String> signatures = new TreeMap<>();
    for (Method method : type.getMethods()) {
      String parameters =
          Arrays.stream(method.getGenericParameterTypes())
              .map(Type::getTypeName)
              .collect(Collectors.joining(", ", "(", ")"));
      signatures.put(method.getName(), parameters + " -> " + returnType.apply(method));
    }
    return signatures;
  }

  private static List<Class<?>> interfaces() {
    return TWINS.entrySet().stream()
        .flatMap(twins -> Stream.<Class<?>>of(twins.getKey(), twins.getValue()))
        .toList();
  }
}
