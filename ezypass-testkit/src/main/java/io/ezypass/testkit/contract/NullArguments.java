package io.ezypass.testkit.contract;

import io.ezypass.BatchOptions;
import io.ezypass.health.HealthOptions;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditRange;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.DueCredential;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.SoftAssertions;

/** Calls every method of an interface with null for each argument that can be null, one by one. */
final class NullArguments {
  private static final Map<Class<?>, Object> SAMPLES =
      Map.ofEntries(
          Map.entry(long.class, 1L),
          Map.entry(Actor.class, Actor.of("support")),
          Map.entry(AuditRange.class, AuditRange.all()),
          Map.entry(BatchId.class, BatchId.of("batch")),
          Map.entry(BatchOptions.class, BatchOptions.standard()),
          Map.entry(List.class, List.of()),
          Map.entry(CredentialContent.class, Given.login("github.com", "tahir")),
          Map.entry(CredentialFilter.class, CredentialFilter.favourites()),
          Map.entry(
              DueCredential.class,
              new DueCredential(UserId.of("tahir"), Given.UNKNOWN_ID, LocalDate.EPOCH)),
          Map.entry(LocalDate.class, LocalDate.EPOCH),
          Map.entry(CredentialId.class, Given.UNKNOWN_ID),
          Map.entry(HealthOptions.class, HealthOptions.reuse()),
          Map.entry(NewGrant.class, NewGrant.to(UserId.of("ada"))),
          Map.entry(NewUser.class, NewUser.withUsername("tahir")),
          Map.entry(PageRequest.class, PageRequest.first(10)),
          Map.entry(PendingWrite.class, PendingWrite.of("nonsense")),
          Map.entry(SearchQuery.class, SearchQuery.of("tahir")),
          Map.entry(UserId.class, UserId.of("tahir")),
          Map.entry(UserKey.class, UserKey.username("tahir")),
          Map.entry(UserProfile.class, new UserProfile(null, null, null)),
          Map.entry(UnaryOperator.class, UnaryOperator.identity()),
          Map.entry(Website.class, Website.of("github.com")),
          Map.entry(WebsiteMatch.class, WebsiteMatch.EXACT));

  private NullArguments() {}

  /** Each call must throw at once, also where it would return a future. */
  static <T> void assertRefused(Class<T> type, T instance) {
    SoftAssertions all = new SoftAssertions();
    int calls = 0;
    for (Method method : methods(type)) {
      for (int i = 0; i < method.getParameterCount(); i++) {
        if (!method.getParameterTypes()[i].isPrimitive()) {
          calls++;
          check(all, method, instance, i);
        }
      }
    }
    all.assertThat(calls).as("calls").isPositive();
    all.assertAll();
  }

  private static void check(SoftAssertions all, Method method, Object instance, int nullAt) {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(NullArguments::sample).toArray();
    arguments[nullAt] = null;
    all.assertThatThrownBy(() -> invoke(method, instance, arguments))
        .as("%s with null as argument %d", method.getName(), nullAt)
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("null");
  }

  private static Object sample(Class<?> type) {
    Object sample = SAMPLES.get(type);
    if (sample == null) {
      throw new AssertionError("there is no sample of " + type);
    }
    return sample;
  }

  private static void invoke(Method method, Object instance, Object[] arguments) throws Throwable {
    try {
      method.invoke(instance, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods()).sorted(Comparator.comparing(Method::getName)).toList();
  }
}
