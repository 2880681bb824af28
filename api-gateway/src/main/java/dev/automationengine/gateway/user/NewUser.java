package dev.automationengine.gateway.user;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Somebody who becomes a user.
 *
 * @param email the address to sign in by, at most 254 characters
 * @param name what others call the user, 1 to 200 characters
 * @param password 12 to 128 characters of any kind; long ones are better than odd ones
 */
public record NewUser(
        @NotBlank @Email @Size(max = 254) String email,
        @NotBlank @Size(max = 200) String name,

        @NotNull @Size(min = NewUser.SHORTEST_PASSWORD, max = NewUser.LONGEST_PASSWORD)
        String password) {
    /** Characters that a password has at least. */
    public static final int SHORTEST_PASSWORD = 12;

    /** Characters that a password has at most. */
    public static final int LONGEST_PASSWORD = 128;

    EmailAddress address() {
        return new EmailAddress(email);
    }

    @Override
    public String toString() {
        return "NewUser[***]";
    }
}
