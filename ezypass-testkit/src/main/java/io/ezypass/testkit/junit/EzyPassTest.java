package io.ezypass.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets the methods of a test class have a repository, on an empty table for each test:
 *
 * <pre>{@code
 * @EzyPassTest
 * class SignUpTest {
 *   @Test
 *   void opensAVault(VaultRepository vaults, MutableClock clock) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>On a method, next to {@code @Test}, it chooses the backend of that method. See {@link
 * EzyPassExtension} for what can be injected.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EzyPassExtension.class)
public @interface EzyPassTest {
  /**
   * What stands behind the repository. Anything but {@link Backend#DEFAULT} wins over the system
   * property.
   *
   * @return the backend
   */
  Backend backend() default Backend.DEFAULT;
}
