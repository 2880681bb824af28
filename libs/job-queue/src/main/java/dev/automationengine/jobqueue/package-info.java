/**
 * The job queue: work that waits in Redis for a worker, sharded by organization, leased, fenced and fair.
 *
 * <p>MongoDB is the truth of what has to run; the queue is an index of it that can be rebuilt.
 */
@NullMarked
package dev.automationengine.jobqueue;

import org.jspecify.annotations.NullMarked;
