package dev.automationengine.gateway.user;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** The users of all organizations. */
@Repository
public class Users {
    private final MongoTemplate mongo;
    private final LoginDirectory directory;
    private final Passwords passwords;
    private final InstantSource clock;

    Users(MongoTemplate mongo, LoginDirectory directory, Passwords passwords, InstantSource clock) {
        this.mongo = mongo;
        this.directory = directory;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * Makes a user.
     *
     * @param id the id that the user will have
     * @param org the user's organization
     * @param wanted who it is
     * @param role what the user may do
     * @throws ProblemException 409 if the address is another user's
     */
    public User create(UserId id, OrgId org, NewUser wanted, Role role) {
        EmailAddress email = wanted.address();
        String hash = passwords.hash(wanted.password());
        if (!directory.claim(email, org, id)) {
            throw taken();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return mongo.insert(new User(id, org, email.value(), wanted.name(), role, hash, now, now));
    }

    /**
     * Looks whether the user can be made, before other things are made for it.
     *
     * @throws ProblemException 409 if the address is another user's
     */
    public void requireFree(NewUser wanted) {
        if (byAddress(wanted.address()).isPresent()) {
            throw taken();
        }
    }

    /** Whether any organization has a user. */
    public boolean any() {
        return directory.any();
    }

    /** The user of this address, in whichever organization. */
    public Optional<User> byAddress(EmailAddress email) {
        return directory.find(email).flatMap(entry -> find(entry.orgId(), entry.userId()));
    }

    /** A user of the organization. */
    public Optional<User> find(OrgId org, UserId id) {
        return Optional.ofNullable(mongo.findOne(byId(org, id), User.class));
    }

    /**
     * Sets a password.
     *
     * @param user whose
     * @param password the new one
     * @return false if the password was changed meanwhile, or the user is gone
     */
    public boolean setPassword(User user, String password) {
        Query same = Query.query(where("_id")
                .is(user.id().value())
                .and("org_id")
                .is(user.orgId().value())
                .and("password_hash")
                .is(user.passwordHash()));
        Update update = new Update()
                .set("password_hash", passwords.hash(password))
                .set("password_changed_at", clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return mongo.updateFirst(same, update, User.class).getModifiedCount() == 1;
    }

    /** The organization's users in order of id, those after {@code afterId}. */
    public List<User> list(OrgId org, @Nullable String afterId, int limit) {
        Criteria mine = where("org_id").is(org.value());
        if (afterId != null) {
            mine = mine.and("_id").gt(afterId);
        }
        return mongo.find(Query.query(mine).with(Sort.by("_id")).limit(limit), User.class);
    }

    /** Gives a user another role. */
    public void setRole(OrgId org, UserId id, Role role) {
        mongo.updateFirst(byId(org, id), Update.update("role", role), User.class);
    }

    /** Removes a user; the address is free for another one. */
    public void delete(User user) {
        mongo.remove(byId(user.orgId(), user.id()), User.class);
        directory.release(new EmailAddress(user.email()), user.id());
    }

    private static ProblemException taken() {
        return new ProblemException(
                Problem.CONFLICT,
                "A user with this address exists.",
                List.of(new FieldError("/email", "belongs to a user already; sign in, or use another")));
    }

    private static Query byId(OrgId org, UserId id) {
        return Query.query(where("_id").is(id.value()).and("org_id").is(org.value()));
    }
}
