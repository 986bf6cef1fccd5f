package io.ezypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ezypass.PasswordGenerator.CharacterClass;
import io.ezypass.PasswordGenerator.LookAlikes;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordGeneratorTest {
  private static final int SAMPLES = 500;

  @Test
  void standardIsTwentyCharactersOfAllClassesWithoutLookAlikes() {
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(text(PasswordGenerator.standard()))
          .hasSize(20)
          .matches("[!-~]+")
          .containsPattern("[a-z]")
          .containsPattern("[A-Z]")
          .containsPattern("[0-9]")
          .containsPattern("[^a-zA-Z0-9]")
          .doesNotContainPattern("[0Oo1Il|\"'`\\\\]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {PasswordGenerator.MIN_LENGTH, 5, 20, PasswordGenerator.MAX_LENGTH})
  void everyLengthHoldsEveryClass(int length) {
    PasswordGenerator generator = PasswordGenerator.standard().withLength(length);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(text(generator))
          .hasSize(length)
          .containsPattern("[a-z]")
          .containsPattern("[A-Z]")
          .containsPattern("[0-9]")
          .containsPattern("[^a-zA-Z0-9]");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneClassAloneUsesAllOfItsCharacters(CharacterClass only) {
    String all =
        switch (only) {
          case LOWERCASE -> "abcdefghijklmnopqrstuvwxyz";
          case UPPERCASE -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
          case DIGITS -> "0123456789";
          case SYMBOLS -> "!#$%&()*+,-./:;<=>?@[]^_{|}~";
        };
    PasswordGenerator generator = PasswordGenerator.standard().withClasses(only).withLength(256);

    assertThat(charactersOf(generator.withLookAlikes(LookAlikes.INCLUDED)))
        .isEqualTo(charactersOf(all));
    assertThat(charactersOf(generator)).isEqualTo(charactersOf(all.replaceAll("[0Oo1Il|]", "")));
  }

  @Test
  void customSymbolsAreTakenAsTheyAre() {
    PasswordGenerator generator =
        PasswordGenerator.standard()
            .withSymbols("|'\\")
            .withClasses(CharacterClass.SYMBOLS, CharacterClass.SYMBOLS)
            .withLength(256);

    assertThat(charactersOf(generator)).isEqualTo(charactersOf("|'\\"));
    assertThat(charactersOf(generator.withClasses(CharacterClass.DIGITS)))
        .isEqualTo(charactersOf("23456789"));
  }

  @Test
  void theRarestClassAtTheShortestLengthComesToAnEnd() {
    PasswordGenerator generator =
        PasswordGenerator.standard().withSymbols("!").withLength(PasswordGenerator.MIN_LENGTH);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(text(generator)).containsOnlyOnce("!");
    }
  }

  @Test
  void withersLeaveTheOriginalAlone() {
    PasswordGenerator original = PasswordGenerator.standard();

    original.withLength(4).withClasses(CharacterClass.DIGITS).withSymbols("!");

    assertThat(text(original)).hasSize(20).containsPattern("[a-z]");
  }

  @Test
  void everyCharacterIsDrawnByTheSameNumberOfByteValues() {
    PasswordGenerator digits =
        PasswordGenerator.standard()
            .withClasses(CharacterClass.DIGITS)
            .withLookAlikes(LookAlikes.INCLUDED)
            .withLength(250);

    // All 256 values of a byte in turn; a plain remainder would draw 0 to 5 once more often.
    String password = text(digits.withRandom(new Counting(0)));
    String fromTheRejected = text(digits.withRandom(new Counting(250)));

    Map<Integer, Integer> counts = new HashMap<>();
    password.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
    assertThat(counts).hasSize(10).allSatisfy((c, count) -> assertThat(count).isEqualTo(25));
    assertThat(fromTheRejected).isEqualTo(password);
  }

  @Test
  void allPasswordsThatHoldEveryClassAreEquallyLikely() {
    // Eight digits and two symbols. Every sequence of four draws once: each password that holds
    // both classes must come of just one of them, and all other sequences of none.
    PasswordGenerator tiny =
        PasswordGenerator.standard()
            .withSymbols("!?")
            .withClasses(CharacterClass.SYMBOLS, CharacterClass.DIGITS)
            .withLength(4);
    int alphabet = 10;
    Map<String, Integer> counts = new HashMap<>();

    for (int sequence = 0; sequence < 10_000; sequence++) {
      byte[] draws = new byte[4];
      int rest = sequence;
      for (int i = 0; i < 4; i++) {
        draws[i] = (byte) (rest % alphabet);
        rest /= alphabet;
      }
      Scripted script = new Scripted(draws);
      String password = text(tiny.withRandom(script));
      if (script.rounds == 1) {
        counts.merge(password, 1, Integer::sum);
      }
    }

    // 10^4 sequences less 8^4 without a symbol and 2^4 without a digit.
    assertThat(counts).hasSize(10_000 - 4_096 - 16).allSatisfy((p, n) -> assertThat(n).isOne());
  }

  @Test
  void drawsAnewInsteadOfPatching() {
    PasswordGenerator pair =
        PasswordGenerator.standard()
            .withClasses(CharacterClass.DIGITS, CharacterClass.LOWERCASE)
            .withLength(4);
    int digit = 24;

    // The alphabet is the lower case letters, then the digits, whatever the order of the choice.
    Scripted script = new Scripted(new byte[] {0, 1, 2, 3, (byte) digit, 0, 1, 2});

    assertThat(text(pair.withRandom(script))).isEqualTo("2abc");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 257, Integer.MAX_VALUE})
  void refusesOtherLengths(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PasswordGenerator.standard().withLength(length))
        .withMessage("length must be 4 to 256, but is " + length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "!Z", "!0", "! ", "\t", "!!", "§", "!\ud83c\udf55", "\u007f"})
  void refusesOtherSymbols(String symbols) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PasswordGenerator.standard().withSymbols(symbols))
        .withMessageStartingWith("symbols must");
  }

  @Test
  void refusesNothing() {
    PasswordGenerator standard = PasswordGenerator.standard();

    assertThatIllegalArgumentException()
        .isThrownBy(standard::withClasses)
        .withMessage("classes must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.withClasses((CharacterClass[]) nothing()))
        .withMessage("classes must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.withClasses(CharacterClass.DIGITS, nothing()))
        .withMessage("an entry of classes must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.withSymbols(nothing()))
        .withMessage("symbols must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.withLookAlikes(nothing()))
        .withMessage("look-alikes must not be null");
  }

  @Test
  void passwordsDiffer() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      seen.add(text(PasswordGenerator.standard()));
    }
    assertThat(seen).hasSize(SAMPLES);
  }

  private static String text(PasswordGenerator generator) {
    return generator.generate().use(String::new);
  }

  /** What 20 long passwords of at most 28 characters are made of: a miss is 1 in 10^80. */
  private static Set<Character> charactersOf(PasswordGenerator generator) {
    Set<Character> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      seen.addAll(charactersOf(text(generator)));
    }
    return seen;
  }

  private static Set<Character> charactersOf(String text) {
    return Set.copyOf(text.chars().mapToObj(c -> (char) c).toList());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  /** Gives the values of a byte in turn. */
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1;
    private int next;

    Counting(int first) {
      next = first;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) next++;
      }
    }
  }

  /** Gives the scripted values, then others that end every generation. */
  private static final class Scripted extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] script;
    private int at;
    private int rounds = 1;

    Scripted(byte[] script) {
      this.script = script;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        if (at < script.length) {
          bytes[i] = script[at++];
        } else {
          rounds++;
          bytes[i] = (byte) rounds;
        }
      }
    }
  }
}
