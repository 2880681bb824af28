package dev.automationengine.localstack.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority that signs certificates for tests, with the JDK's keytool; they are good for this machine and two days. */
public final class CertificateAuthority {
    private static final String PASSWORD = "for-tests-only";
    private static final String OWN = "authority";
    private static final int LONGEST_SECONDS = 30;

    private final Path directory;
    private final Path store;

    private CertificateAuthority(Path directory) {
        this.directory = directory;
        this.store = directory.resolve(OWN + ".p12");
        keytool("-genkeypair", "-alias", OWN, "-dname", "CN=" + OWN, "-ext", "bc:c");
        writePem(OWN);
    }

    /**
     * A new authority.
     *
     * @param parent its files go into a new directory there
     */
    public static CertificateAuthority under(Path parent) {
        try {
            return new CertificateAuthority(Files.createTempDirectory(Files.createDirectories(parent), OWN)
                    .toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The authority's own certificate, in PEM. */
    public Path certificate() {
        return directory.resolve(OWN + ".pem");
    }

    /**
     * A trust store of this authority alone, PKCS#12: for JVMs that are to believe what it signed.
     *
     * @param password the store's
     */
    public Path trustStore(String password) {
        Path file = directory.resolve("trust.p12");
        try (InputStream own = Files.newInputStream(certificate());
                OutputStream out = Files.newOutputStream(file)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    OWN, CertificateFactory.getInstance("X.509").generateCertificate(own));
            trusted.store(out, password.toCharArray());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Signs a certificate for a server or client on this machine.
     *
     * @param name its name
     */
    public Issued issue(String name) {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-signer",
                OWN,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        writePem(name);
        return new Issued(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("keytool.log").toFile())
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(Files.readString(directory.resolve("keytool.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void writePem(String alias) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            StringBuilder chain = new StringBuilder();
            for (var certificate : keys.getCertificateChain(alias)) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            Files.writeString(directory.resolve(alias + ".pem"), chain);
            byte[] key = keys.getKey(alias, PASSWORD.toCharArray()).getEncoded();
            Files.writeString(directory.resolve(alias + ".key"), pem("PRIVATE KEY", key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    /**
     * A certificate with its key.
     *
     * @param certificate the chain, in PEM
     * @param key the private key, PKCS#8 in PEM
     */
    public record Issued(Path certificate, Path key) {}
}
