package dev.automationengine.kit.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large bodies may be. Those of webhooks, runs and answers, which travel in events, have limits of bytes of their own.
 *
 * @param maxBody most bytes of a JSON body of the REST interfaces
 * @param maxDepth most levels of objects and arrays of any JSON body. An event wraps a webhook's body and a document of
 *     MongoDB wraps the event, at most 100 deep: what were deeper could be accepted and never be written
 * @param maxValues most members and items of any JSON body, at all levels together
 */
@ConfigurationProperties("engine.inbound")
public record InboundProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("50") int maxDepth,
        @DefaultValue("50000") int maxValues) {
    /**
     * The limits of JSON.
     *
     * @param wholeText see {@link JsonLimits}: true where people write, false where programs send what must not be lost
     */
    public JsonLimits json(boolean wholeText) {
        return new JsonLimits(maxDepth, maxValues, wholeText);
    }
}
