package io.ezypass;

import io.ezypass.model.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes random passwords. Each holds a character of every chosen {@link CharacterClass}, and among
 * all passwords of the chosen length of which that is true, each is equally likely.
 *
 * <pre>{@code
 * Secret password = PasswordGenerator.standard().withLength(32).generate();
 * Secret pin = PasswordGenerator.standard()
 *     .withClasses(CharacterClass.DIGITS).withLookAlikes(LookAlikes.INCLUDED).withLength(6)
 *     .generate();
 * }</pre>
 *
 * <p>Immutable and thread safe. The randomness is that of {@link SecureRandom}; no character passes
 * through a {@link String}.
 */
public final class PasswordGenerator {
  /** The fewest characters that can be asked for: enough to hold one of every class. */
  public static final int MIN_LENGTH = 4;

  /** The most characters that can be asked for. */
  public static final int MAX_LENGTH = 256;

  private static final int STANDARD_LENGTH = 20;

  /** Quotes, the backslash and the backtick are left out: they break in shells, CSV and JSON. */
  private static final String STANDARD_SYMBOLS = "!#$%&()*+,-./:;<=>?@[]^_{|}~";

  private static final String LOOK_ALIKES = "0Oo1Il|";

  /** Kinds of characters, all ASCII. */
  public enum CharacterClass {
    /** {@code a} to {@code z}. */
    LOWERCASE(1, "abcdefghijklmnopqrstuvwxyz"),
    /** {@code A} to {@code Z}. */
    UPPERCASE(2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    /** {@code 0} to {@code 9}. */
    DIGITS(4, "0123456789"),
    /** {@code !#$%&()*+,-./:;<=>?@[]^_{|}~}, or those given to {@link #withSymbols}. */
    SYMBOLS(8, STANDARD_SYMBOLS);

    private final int bit;
    private final String standard;

    CharacterClass(int bit, String standard) {
      this.bit = bit;
      this.standard = standard;
    }
  }

  /** What to do with characters that people mistake for each other: {@code 0 O o 1 I l |}. */
  public enum LookAlikes {
    /** Use them like all others. */
    INCLUDED,
    /** Leave them out, for passwords that somebody has to type. */
    EXCLUDED
  }

  private static final PasswordGenerator STANDARD =
      new PasswordGenerator(
          new SecureRandom(),
          STANDARD_LENGTH,
          EnumSet.allOf(CharacterClass.class),
          null,
          LookAlikes.EXCLUDED);

  private final SecureRandom random;
  private final int length;
  private final Set<CharacterClass> classes;
  private final @Nullable String customSymbols;
  private final LookAlikes lookAlikes;

  /** The characters to draw from, and for each the bit of its class. */
  private final char[] alphabet;

  private final int[] classBits;

  private final int wantedBits;

  private PasswordGenerator(
      SecureRandom random,
      int length,
      Set<CharacterClass> classes,
      @Nullable String customSymbols,
      LookAlikes lookAlikes) {
    this.random = random;
    this.length = length;
    this.classes = classes;
    this.customSymbols = customSymbols;
    this.lookAlikes = lookAlikes;
    StringBuilder characters = new StringBuilder();
    IntStream.Builder bits = IntStream.builder();
    for (CharacterClass characterClass : classes) {
      for (char c : characters(characterClass).toCharArray()) {
        characters.append(c);
        bits.add(characterClass.bit);
      }
    }
    this.alphabet = characters.toString().toCharArray();
    this.classBits = bits.build().toArray();
    this.wantedBits = classes.stream().mapToInt(c -> c.bit).sum();
  }

  /**
   * The generator for most purposes.
   *
   * @return 20 characters of all classes without look-alikes: some 127 bits
   */
  public static PasswordGenerator standard() {
    return STANDARD;
  }

  /**
   * The same generator for passwords of another length.
   *
   * @param characters {@value #MIN_LENGTH} to {@value #MAX_LENGTH}
   * @return the changed generator
   * @throws IllegalArgumentException if the length is outside of that
   */
  public PasswordGenerator withLength(int characters) {
    if (characters < MIN_LENGTH || characters > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "length must be " + MIN_LENGTH + " to " + MAX_LENGTH + ", but is " + characters);
    }
    return new PasswordGenerator(random, characters, classes, customSymbols, lookAlikes);
  }

  /**
   * The same generator for other classes of characters.
   *
   * @param chosen those of which each password shall hold a character; it holds no others
   * @return the changed generator
   * @throws IllegalArgumentException if none is chosen, or one is null
   */
  public PasswordGenerator withClasses(CharacterClass... chosen) {
    Set<CharacterClass> distinct = EnumSet.noneOf(CharacterClass.class);
    for (CharacterClass characterClass : present("classes", chosen)) {
      distinct.add(present("an entry of classes", characterClass));
    }
    if (distinct.isEmpty()) {
      throw new IllegalArgumentException("classes must not be empty");
    }
    return new PasswordGenerator(random, length, distinct, customSymbols, lookAlikes);
  }

  /**
   * The same generator with other symbols, for sites that refuse some. They count only if {@link
   * CharacterClass#SYMBOLS} is chosen, and are taken as they are, look-alikes or not.
   *
   * @param allowed one or more different characters of ASCII that are neither letters nor digits
   *     nor white space
   * @return the changed generator
   * @throws IllegalArgumentException if the text is null or empty or holds another character, or
   *     one twice
   */
  public PasswordGenerator withSymbols(String allowed) {
    if (present("symbols", allowed).isEmpty()) {
      throw new IllegalArgumentException("symbols must not be empty");
    }
    for (int i = 0; i < allowed.length(); i++) {
      char c = allowed.charAt(i);
      if (c <= ' ' || c >= 0x7f || Character.isLetterOrDigit(c) || allowed.indexOf(c) != i) {
        throw new IllegalArgumentException(
            "symbols must be different ASCII punctuation, but are not at index " + i);
      }
    }
    return new PasswordGenerator(random, length, classes, allowed, lookAlikes);
  }

  /**
   * The same generator with or without look-alikes.
   *
   * @param choice what to do with them
   * @return the changed generator
   * @throws IllegalArgumentException if the choice is null
   */
  public PasswordGenerator withLookAlikes(LookAlikes choice) {
    return new PasswordGenerator(
        random, length, classes, customSymbols, present("look-alikes", choice));
  }

  /** Tests replay passwords with it. */
  PasswordGenerator withRandom(SecureRandom source) {
    return new PasswordGenerator(source, length, classes, customSymbols, lookAlikes);
  }

  /**
   * Makes a password.
   *
   * @return a new secret, the caller's to close
   */
  public Secret generate() {
    char[] password = new char[length];
    byte[] drawn = new byte[1];
    try {
      // Drawing anew until every class is there keeps all passwords that qualify equally likely;
      // putting one of each class into it first would not. Half of all draws do at 9 characters,
      // 1 in 16 at the shortest length.
      int found;
      do {
        found = 0;
        for (int i = 0; i < length; i++) {
          int index = drawIndex(drawn);
          password[i] = alphabet[index];
          found |= classBits[index];
        }
      } while (found != wantedBits);
      return Secret.of(password);
    } finally {
      Arrays.fill(password, '\0');
      drawn[0] = 0;
    }
  }

  /** A remainder is uniform only below the largest multiple of the divisor. */
  private int drawIndex(byte[] drawn) {
    int bound = 256 - 256 % alphabet.length;
    int value;
    do {
      random.nextBytes(drawn);
      value = Byte.toUnsignedInt(drawn[0]);
    } while (value >= bound);
    return value % alphabet.length;
  }

  private String characters(CharacterClass characterClass) {
    if (characterClass == CharacterClass.SYMBOLS && customSymbols != null) {
      return customSymbols;
    }
    if (lookAlikes == LookAlikes.INCLUDED) {
      return characterClass.standard;
    }
    StringBuilder clear = new StringBuilder();
    for (char c : characterClass.standard.toCharArray()) {
      if (LOOK_ALIKES.indexOf(c) < 0) {
        clear.append(c);
      }
    }
    return clear.toString();
  }

  private static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must not be null");
    }
    return value;
  }
}
