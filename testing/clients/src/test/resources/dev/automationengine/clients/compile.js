(compiler, client, file) => {
  const ts = require(compiler);
  const options = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    paths: { "automation-engine-client": [client + "/src/index.ts"] },
  };
  const program = ts.createProgram([file], options);
  const findings = ts.getPreEmitDiagnostics(program).map((finding) => {
    const text = ts.flattenDiagnosticMessageText(finding.messageText, "\n");
    if (!finding.file) {
      return text;
    }
    const { line } = finding.file.getLineAndCharacterOfPosition(finding.start);
    return finding.file.fileName + ":" + (line + 1) + ": " + text;
  });
  return JSON.stringify(findings);
}
