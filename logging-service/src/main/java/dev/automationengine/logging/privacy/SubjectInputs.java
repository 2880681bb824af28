package dev.automationengine.logging.privacy;

import dev.automationengine.kit.privacy.Contacts;
import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.privacy.SubjectWork;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is meant.
 *
 * @param kind what is wanted
 * @param emails addresses of the person
 * @param phones telephone numbers of the person, with {@code +} and country code, or of the region
 * @param region where telephone numbers without a country code are, ISO 3166-1 alpha-2; by default where the first
 *     number belongs
 */
record SubjectInputs(
        @NotNull SubjectWork.@Nullable Kind kind,
        @Size(max = MOST) @Nullable List<@NotNull @Size(max = 320) String> emails,
        @Size(max = MOST) @Nullable List<@NotNull @Size(max = 64) String> phones,
        @Nullable String region) {
    private static final int MOST = 10;

    /**
     * The person.
     *
     * @param contacts at least one
     * @param region as it is to be used
     */
    record Person(List<Contact> contacts, @Nullable String region) {}

    /**
     * Checks all of it.
     *
     * @throws ProblemException with every mistake, which never quotes what was given
     */
    Person person() {
        List<FieldError> errors = new ArrayList<>();
        List<Contact> contacts = new ArrayList<>();
        if (region != null && !Contacts.isRegion(region)) {
            errors.add(new FieldError("/region", "must be a country of ISO 3166-1: two capital letters"));
        }
        List<String> addresses = emails == null ? List.of() : emails;
        for (int i = 0; i < addresses.size(); i++) {
            add(Contacts.email(addresses.get(i)), "/emails/" + i, "must be an e-mail address", contacts, errors);
        }
        String place = region;
        List<String> numbers = phones == null ? List.of() : phones;
        for (int i = 0; i < numbers.size(); i++) {
            Contact phone = Contacts.phone(numbers.get(i), region);
            add(
                    phone,
                    "/phones/" + i,
                    "must be a telephone number with + and country code, or of the region given",
                    contacts,
                    errors);
            place = place == null && phone != null ? Contacts.region(phone) : place;
        }
        if (contacts.isEmpty() && errors.isEmpty()) {
            errors.add(new FieldError("/emails", "give at least one address or telephone number"));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, "It is not clear who is meant.", errors);
        }
        return new Person(contacts, place);
    }

    private static void add(
            @Nullable Contact contact, String pointer, String detail, List<Contact> to, List<FieldError> errors) {
        if (contact == null) {
            errors.add(new FieldError(pointer, detail));
        } else {
            to.add(contact);
        }
    }

    /** Does not show whom. */
    @Override
    public String toString() {
        return "SubjectInputs[" + kind + "]";
    }
}
