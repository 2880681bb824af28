package dev.automationengine.kit.privacy;

import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.kit.privacy.Contacts.Kind;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The person who is looked for, known by hashes only. */
final class Subject {
    private final SubjectHashes hashes;
    private final OrgId org;
    private final Set<String> wanted;
    private final @Nullable String region;

    Subject(SubjectHashes hashes, SubjectWork work) {
        this.hashes = hashes;
        this.org = work.orgId();
        this.wanted = Set.copyOf(work.subjects());
        this.region = work.region();
    }

    /** Whether any text in it, at any depth, has a contact of the person. */
    boolean isNamedIn(@Nullable Object value) {
        return anyText(value, text -> Contacts.in(text, region).stream().anyMatch(this::is));
    }

    /**
     * Whether it has a contact of somebody else, of the kind by which the person is known. Only what cannot be anything
     * else counts: digits may be an id, which makes nobody's data somebody else's.
     */
    boolean othersAreNamedIn(@Nullable Object value) {
        Kind kind = knownBy(Kind.EMAIL) ? Kind.EMAIL : Kind.PHONE;
        return anyText(value, text -> switch (kind) {
            case EMAIL ->
                Contacts.in(text, null).stream().anyMatch(contact -> contact.kind() == Kind.EMAIL && !is(contact));
            case PHONE -> {
                Contact phone = Contacts.phone(text, null);
                yield phone != null && !is(phone);
            }
        });
    }

    private boolean is(Contact contact) {
        return knownBy(contact.kind()) && hashes.all(org, contact).anyMatch(wanted::contains);
    }

    private boolean knownBy(Kind kind) {
        return wanted.stream().anyMatch(hash -> SubjectHashes.isOf(hash, kind));
    }

    private static boolean anyText(@Nullable Object value, Predicate<String> test) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .anyMatch(entry -> anyText(entry.getKey(), test) || anyText(entry.getValue(), test));
            case Collection<?> list -> list.stream().anyMatch(element -> anyText(element, test));
            case String text -> test.test(text);
            case Number number -> test.test(number.toString());
            case null, default -> false;
        };
    }
}
