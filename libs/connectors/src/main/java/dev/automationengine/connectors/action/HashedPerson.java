package dev.automationengine.connectors.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person as Meta's Conversions API takes one: SHA-256 of what is known, brought into one form before, so that Meta
 * finds the same hash in its own accounts.
 *
 * @see <a href="https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters">
 *     Meta: customer information parameters</a>
 */
final class HashedPerson {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern COUNTRY_CODE = Pattern.compile("[a-z]{2}");
    private static final Pattern NOT_LETTERS = Pattern.compile("[\\p{P}\\p{S}]");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int SHORTEST_PHONE = 7;
    private static final int US_ZIP = 5;
    /** Lead forms of Meta give the day of birth in the American order. */
    private static final List<DateTimeFormatter> DATES = Stream.of("uuuu-MM-dd", "uuuuMMdd", "MM/dd/uuuu", "M/d/uuuu")
            .map(DateTimeFormatter::ofPattern)
            .toList();

    private HashedPerson() {}

    /**
     * The hashes, by Meta's names of them. Values may be lists; what is empty, or is no value of its kind (a phone
     * number without its country), is left out.
     *
     * @throws InvalidInputException if a member is unknown
     */
    static Map<String, Object> of(Map<?, ?> person) {
        Map<String, Object> hashes = new LinkedHashMap<>();
        String country = single(person.get("country"));
        person.forEach((name, value) -> {
            Field field = Field.named(String.valueOf(name));
            List<String> hashed = values(value)
                    .map(text -> HASH.matcher(text).matches() ? Optional.of(text) : hash(field, text, country))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
            if (!hashed.isEmpty()) {
                hashes.put(field.key, hashed);
            }
        });
        return hashes;
    }

    private static Optional<String> hash(Field field, String text, String country) {
        return field.normal(text, country).filter(normal -> !normal.isEmpty()).map(HashedPerson::sha256);
    }

    private static Stream<String> values(@Nullable Object value) {
        return (value instanceof List<?> list ? list.stream() : Stream.ofNullable(value))
                .filter(Objects::nonNull)
                .map(one -> one.toString().strip())
                .filter(text -> !text.isEmpty());
    }

    private static String single(@Nullable Object value) {
        return values(value).findFirst().orElse("").toLowerCase(Locale.ROOT);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String words(String text) {
        return NOT_LETTERS.matcher(lower(text)).replaceAll("").strip();
    }

    private static String word(String text) {
        return SPACES.matcher(words(text)).replaceAll("");
    }

    /** What Meta knows people by. */
    private enum Field {
        EMAIL("em") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(lower(text)).filter(address -> address.contains("@"));
            }
        },
        /**
         * Digits with the country's code. A number as it is dialled within its country (one leading zero) would be
         * somebody else's.
         */
        PHONE("ph") {
            @Override
            Optional<String> normal(String text, String country) {
                String digits = text.replaceAll("\\D", "");
                boolean national = digits.startsWith("0") && !digits.startsWith("00");
                String number = digits.replaceFirst("^0+", "");
                return national || number.length() < SHORTEST_PHONE ? Optional.empty() : Optional.of(number);
            }
        },
        FIRST_NAME("fn") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(words(text));
            }
        },
        LAST_NAME("ln") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(words(text));
            }
        },
        DATE_OF_BIRTH("db") {
            @Override
            Optional<String> normal(String text, String country) {
                return DATES.stream()
                        .flatMap(format -> date(text, format).stream())
                        .findFirst()
                        .map(DateTimeFormatter.BASIC_ISO_DATE::format);
            }
        },
        GENDER("ge") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(lower(text).substring(0, 1)).filter(letter -> letter.matches("[fm]"));
            }
        },
        CITY("ct") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(word(text));
            }
        },
        STATE("st") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(word(text));
            }
        },
        ZIP("zp") {
            @Override
            Optional<String> normal(String text, String country) {
                String zip = word(text);
                return Optional.of(country.equals("us") && zip.length() > US_ZIP ? zip.substring(0, US_ZIP) : zip);
            }
        },
        COUNTRY("country") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(lower(text))
                        .filter(code -> COUNTRY_CODE.matcher(code).matches());
            }
        },
        EXTERNAL_ID("external_id") {
            @Override
            Optional<String> normal(String text, String country) {
                return Optional.of(text);
            }
        };

        private final String key;

        Field(String key) {
            this.key = key;
        }

        /** The value as Meta hashes it; empty if it is none. */
        abstract Optional<String> normal(String text, String country);

        private String input() {
            return lower(name());
        }

        private static Field named(String input) {
            return Arrays.stream(values())
                    .filter(field -> field.input().equals(input))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("person." + input + " is unknown; known are "
                            + Arrays.stream(values()).map(Field::input).collect(Collectors.joining(", "))));
        }

        private static Optional<LocalDate> date(String text, DateTimeFormatter format) {
            try {
                return Optional.of(LocalDate.parse(text, format));
            } catch (DateTimeException another) {
                return Optional.empty();
            }
        }
    }
}
