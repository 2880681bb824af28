/** The three servers: how each is started, kept small and stopped. */
@NullMarked
package dev.automationengine.localstack.infrastructure;

import org.jspecify.annotations.NullMarked;
