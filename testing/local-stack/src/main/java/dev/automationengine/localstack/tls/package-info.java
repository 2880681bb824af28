/** Certificates for tests. */
@NullMarked
package dev.automationengine.localstack.tls;

import org.jspecify.annotations.NullMarked;
