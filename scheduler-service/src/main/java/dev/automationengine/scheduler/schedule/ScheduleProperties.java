package dev.automationengine.scheduler.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Schedules of workflows.
 *
 * @param interval between two looks for times that have come
 * @param onTime a time that passed less than this ago is fired whatever the catch-up policy says
 * @param batch most schedules that are fired by one look
 */
@ConfigurationProperties("engine.schedules")
record ScheduleProperties(
        @DefaultValue("250ms") Duration interval,
        @DefaultValue("1m") Duration onTime,
        @DefaultValue("500") int batch) {}
