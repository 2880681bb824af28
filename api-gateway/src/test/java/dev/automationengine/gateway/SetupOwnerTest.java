package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.context.TestPropertySource;

/** The first start of an engine that is told its owner. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
        properties = {
            "engine.setup.owner-email=Boss@example.com",
            "engine.setup.owner-password=" + SetupOwnerTest.SECRET
        })
class SetupOwnerTest extends GatewayScene {
    static final String SECRET = "the password of the environment";

    @Autowired
    private MongoTemplate mongo;

    @Test
    void the_owner_signs_in_and_no_token_is_written_to_the_log(CapturedOutput output) throws Exception {
        await().until(() -> send(post("/v1/auth/login", null, Map.of("email", "boss@example.com", "password", SECRET)))
                        .statusCode()
                == 200);
        assertThat(output)
                .contains("is the first owner")
                .doesNotContain("/v1/setup")
                .doesNotContain(SECRET)
                .doesNotContainIgnoringCase("boss@example.com");
        assertThat(mongo.getCollection("organizations").countDocuments()).isEqualTo(1);
    }
}
