/** People of organizations: who they are, how their passwords are kept, and by which address they are found. */
@NullMarked
package dev.automationengine.gateway.user;

import org.jspecify.annotations.NullMarked;
