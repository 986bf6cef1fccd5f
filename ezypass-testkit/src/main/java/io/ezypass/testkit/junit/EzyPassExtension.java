package io.ezypass.testkit.junit;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.VaultRepository;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.fake.InMemoryVaultRepository;
import java.lang.reflect.Constructor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Injects into test methods, {@code @BeforeEach} and {@code @AfterEach} methods: a {@link
 * VaultRepository}, an {@link AsyncVaultRepository}, the {@link MutableClock} that both go by, and
 * on the backend {@link Backend#FAKE} also the {@link InMemoryVaultRepository} that can be told to
 * fail, on {@link Backend#DYNAMODB_LOCAL} also the {@link EzyPassLocal} with its faults, counts and
 * raw items. All of one test are views of one table, which no other test sees.
 *
 * <p>Constructors and {@code @BeforeAll} methods get none, since they do not belong to one test.
 */
public final class EzyPassExtension implements ParameterResolver {
  /**
   * The system property, or JUnit configuration parameter, that chooses the backend where the
   * annotation does not: {@code fake} or {@code dynamodb-local}.
   */
  public static final String BACKEND_PROPERTY = "ezypass.testkit.backend";

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(EzyPassExtension.class);

  private static final Set<Class<?>> INJECTED =
      Set.of(
          VaultRepository.class,
          AsyncVaultRepository.class,
          MutableClock.class,
          InMemoryVaultRepository.class,
          EzyPassLocal.class);

  /** For JUnit, and for {@code @ExtendWith} and {@code @RegisterExtension}. */
  public EzyPassExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return INJECTED.contains(parameter.getParameter().getType())
        && !(parameter.getDeclaringExecutable() instanceof Constructor)
        && test.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    TestBackend backend = backend(test);
    Class<?> type = parameter.getParameter().getType();
    if (type == AsyncVaultRepository.class) {
      return backend.asyncRepository();
    }
    if (type == MutableClock.class) {
      return backend.clock();
    }
    if (type == EzyPassLocal.class) {
      if (backend instanceof LocalBackend onLocal) {
        return onLocal.local();
      }
      throw new ParameterResolutionException(
          "EzyPassLocal needs @EzyPassTest(backend = Backend.DYNAMODB_LOCAL)");
    }
    VaultRepository repository = backend.repository();
    if (!type.isInstance(repository)) {
      throw new ParameterResolutionException(
          type.getSimpleName() + " needs @EzyPassTest(backend = Backend.FAKE)");
    }
    return repository;
  }

  /** Made when the first parameter of the test asks for it; JUnit closes it after the test. */
  private static TestBackend backend(ExtensionContext test) {
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestBackend.class, key -> open(chosen(test)), TestBackend.class);
  }

  private static TestBackend open(Backend backend) {
    return switch (backend) {
      case DEFAULT, FAKE -> new FakeBackend();
      case DYNAMODB_LOCAL -> new LocalBackend(EzyPassLocal.start());
    };
  }

  private static Backend chosen(ExtensionContext test) {
    return choose(annotated(test), test.getConfigurationParameter(BACKEND_PROPERTY));
  }

  /** The nearest annotation: of the method, of its class, of the classes around that. */
  private static Backend annotated(ExtensionContext test) {
    for (Optional<ExtensionContext> around = Optional.of(test);
        around.isPresent();
        around = around.get().getParent()) {
      Optional<EzyPassTest> annotation =
          AnnotationSupport.findAnnotation(around.get().getElement(), EzyPassTest.class);
      if (annotation.isPresent()) {
        return annotation.get().backend();
      }
    }
    return Backend.DEFAULT;
  }

  static Backend choose(Backend annotated, Optional<String> property) {
    if (annotated != Backend.DEFAULT || property.isEmpty()) {
      return annotated == Backend.DEFAULT ? Backend.FAKE : annotated;
    }
    return switch (property.get().strip().toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "fake" -> Backend.FAKE;
      case "dynamodb-local" -> Backend.DYNAMODB_LOCAL;
      default ->
          throw new ExtensionConfigurationException(
              BACKEND_PROPERTY
                  + " must be fake or dynamodb-local, but is \""
                  + property.get()
                  + "\"");
    };
  }
}
