package dev.automationengine.trigger.resume;

import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.model.execution.StepEvent.Resumed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;

/**
 * The page that asks a person: one file, nothing loaded from anywhere, no script. Of the execution it shows the message
 * and nothing else, because whoever has the link can see it.
 */
final class ApprovalPage {
    static final MediaType TYPE = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color:#1b1f24}
            .message{white-space:pre-wrap;overflow-wrap:anywhere;border-left:4px solid #8c959f;padding-left:1rem}
            label{display:block;margin:1.5rem 0 .25rem}
            textarea{width:100%;box-sizing:border-box;font:inherit}
            button{font:inherit;padding:.5rem 1.5rem;margin:1rem 1rem 0 0;border:1px solid #57606a;border-radius:6px}
            .first{background:#1b1f24;color:#fff}
            """;

    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private ApprovalPage() {}

    /** Keeps the page from loading, being framed, cached, indexed, and from telling its address to others. */
    static void protect(HttpHeaders headers) {
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Robots-Tag", "noindex, nofollow");
        headers.setCacheControl("no-store");
    }

    /**
     * The question. The link's own choice is the first button; whoever holds a link may choose either.
     *
     * @param message what is asked; empty: the workflow has not come to it, and the answer is kept until it does
     */
    static String question(ResumeToken link, String message) {
        boolean rejects = Resumed.REJECTED.equals(link.choice());
        String buttons = rejects
                ? button(Resumed.REJECTED, true) + button(Resumed.APPROVED, false)
                : button(Resumed.APPROVED, true) + button(Resumed.REJECTED, false);
        return page("Your decision is needed", """
                %s
                <form method="post">
                <label for="comment">Comment (optional)</label>
                <textarea id="comment" name="comment" rows="4" maxlength="%d"></textarea>
                %s
                </form>
                """.formatted(words(message), ApprovalForm.LONGEST_COMMENT, buttons));
    }

    private static String words(String message) {
        return message.isBlank()
                ? "<p>The workflow has not come to this question yet, so its words are not known. You may answer already:"
                        + " the answer is kept for it.</p>"
                : "<p class=\"message\">" + escaped(message) + "</p>";
    }

    /** After the decision. */
    static String thanks(Resumed answer) {
        return page(
                "Thank you",
                "<p>Your answer was taken: <strong>"
                        + escaped(String.valueOf(answer.output().get(Resumed.DECISION)))
                        + "</strong>. If somebody was faster, theirs holds.</p>\n");
    }

    /** Why there is no question. */
    static String problem(ProblemException problem) {
        return page(problem.problem().title(), "<p>" + escaped(String.valueOf(problem.getMessage())) + "</p>\n");
    }

    private static String button(String decision, boolean first) {
        return "<button name=\"%s\" value=\"%s\"%s>%s</button>\n"
                .formatted(
                        Resumed.DECISION,
                        decision,
                        first ? " class=\"first\"" : "",
                        decision.equals(Resumed.APPROVED) ? "Approve" : "Reject");
    }

    private static String page(String title, String content) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + escaped(title)
                + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n<h1>" + escaped(title) + "</h1>\n"
                + content + "</body>\n</html>\n";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
