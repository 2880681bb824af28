package dev.automationengine.kit.privacy;

import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.kit.privacy.Contacts.Kind;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.Map;
import java.util.Set;
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
        return Texts.any(value, text -> Contacts.in(text, region).stream().anyMatch(this::is));
    }

    /**
     * Whether it has a contact of somebody else, of the kind by which the person is known. Only what cannot be anything
     * else counts: digits may be an id, which makes nobody's data somebody else's.
     */
    boolean othersAreNamedIn(@Nullable Object value) {
        Kind kind = knownBy(Kind.EMAIL) ? Kind.EMAIL : Kind.PHONE;
        return Texts.any(value, text -> switch (kind) {
            case EMAIL ->
                Contacts.in(text, null).stream().anyMatch(contact -> contact.kind() == Kind.EMAIL && !is(contact));
            case PHONE -> {
                Contact phone = Contacts.phone(text, null);
                yield phone != null && !is(phone);
            }
        });
    }

    /** Whether an element of a list is an object about somebody else. */
    boolean isSomebodyElse(@Nullable Object element) {
        return element instanceof Map<?, ?> value && !isNamedIn(value) && othersAreNamedIn(value);
    }

    private boolean is(Contact contact) {
        return knownBy(contact.kind()) && hashes.all(org, contact).anyMatch(wanted::contains);
    }

    private boolean knownBy(Kind kind) {
        return wanted.stream().anyMatch(hash -> SubjectHashes.isOf(hash, kind));
    }
}
