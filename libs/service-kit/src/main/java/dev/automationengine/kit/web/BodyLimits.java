package dev.automationengine.kit.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Holds every body of a controller to the limits before anything is made of it. */
@ControllerAdvice
class BodyLimits extends RequestBodyAdviceAdapter {
    private final InboundProperties properties;
    private final Bodies bodies;

    BodyLimits(InboundProperties properties, Bodies bodies) {
        this.properties = properties;
        this.bodies = bodies;
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        HttpHeaders headers = message.getHeaders();
        byte[] body = bodies.read(
                message.getBody(),
                headers.getFirst(HttpHeaders.CONTENT_ENCODING),
                headers.getContentLength(),
                properties.maxBody());
        if (JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter)) {
            bodies.requireJson(body, properties.json(true));
        }
        return new Read(headers, new ByteArrayInputStream(body));
    }

    /** A message whose body has been read. */
    private record Read(HttpHeaders headers, InputStream body) implements HttpInputMessage {
        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }
}
