/** REST: the credentials of an organization, and the connectors that use them. */
@NullMarked
package dev.automationengine.worker.credential;

import org.jspecify.annotations.NullMarked;
