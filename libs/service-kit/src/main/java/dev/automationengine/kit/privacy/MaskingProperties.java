package dev.automationengine.kit.privacy;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which members of payloads say something of a person, besides those that a form's schema marks.
 *
 * @param fields their names, with {@code *} at the end for whatever follows; case, underscores, hyphens, dots and spaces
 *     do not matter. The default is what Meta's forms call the answers to its own questions, and what such members are
 *     called elsewhere
 */
@ConfigurationProperties("engine.masking")
record MaskingProperties(
        @DefaultValue({
            "email*",
            "work_email*",
            "e_mail*",
            "mail",
            "phone*",
            "work_phone*",
            "mobile*",
            "telephone*",
            "whatsapp*",
            "full_name",
            "first_name",
            "last_name",
            "given_name",
            "family_name",
            "surname",
            "street*",
            "address*",
            "post_code",
            "postal_code",
            "zip*",
            "date_of_birth",
            "dob",
            "birth*",
            "gender",
            "marital_status",
            "relationship_status",
            "military_status",
            "national_id*",
            "passport*",
            "id_number*",
            "id_cpf",
            "id_ar_dni",
            "id_cl_rut",
            "id_co_cc",
            "id_ec_ci",
            "id_pe_dni"
        })
        List<String> fields) {}
