package dev.automationengine.logging.privacy;

import dev.automationengine.logging.privacy.SubjectRequest.Status;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectWork;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** How requests look in MongoDB. */
@Component
class SubjectRequestDocuments {
    private static final Instant NEVER = Instant.MAX;

    Document document(SubjectRequest request, Instant look) {
        Document document = new Document("_id", request.id())
                .append("org_id", request.orgId().value())
                .append("kind", name(request.kind()))
                .append("subjects", request.subjects())
                .append("traces", request.traces())
                .append("region", request.region())
                .append("by", request.by())
                .append("created_at", Date.from(request.createdAt()))
                .append("status", name(request.status()))
                .append("pass", request.pass())
                .append("collection", request.collection())
                .append("after", request.after())
                .append("found", request.found())
                .append("changed", request.changed())
                .append("look_at", Date.from(look));
        Instant end = request.finishedAt();
        return end == null ? document : document.append("finished_at", Date.from(end));
    }

    SubjectRequest request(Document document) {
        Date look = document.getDate("look_at");
        Date end = document.getDate("finished_at");
        return new SubjectRequest(
                document.getString("_id"),
                new OrgId(document.getString("org_id")),
                SubjectWork.Kind.valueOf(document.getString("kind").toUpperCase(Locale.ROOT)),
                document.getList("subjects", String.class),
                document.getList("traces", String.class, List.of()),
                document.getString("region"),
                document.getString("by"),
                document.getDate("created_at").toInstant(),
                Status.valueOf(document.getString("status").toUpperCase(Locale.ROOT)),
                document.getInteger("pass"),
                document.getString("collection"),
                document.getString("after"),
                document.getBoolean("found"),
                document.getBoolean("changed"),
                look == null ? NEVER : look.toInstant(),
                end == null ? null : end.toInstant());
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
