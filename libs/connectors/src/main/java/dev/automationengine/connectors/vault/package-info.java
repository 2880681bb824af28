/**
 * The credential vault: secrets of organizations, encrypted at rest with a data key per organization, which is
 * wrapped by the master key of the installation.
 */
@NullMarked
package dev.automationengine.connectors.vault;

import org.jspecify.annotations.NullMarked;
