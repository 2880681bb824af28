/** When a schedule is due: cron in a time zone. The dispatcher checks it, the scheduler follows it. */
@NullMarked
package dev.automationengine.kit.schedule;

import org.jspecify.annotations.NullMarked;
