/** The processes of a local engine: what they are, how they are started detached, found again and stopped. */
@NullMarked
package dev.automationengine.localstack.fleet;

import org.jspecify.annotations.NullMarked;
