package dev.automationengine.dispatcher.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.Seed;
import dev.automationengine.expressions.Operator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema says what the parser says, as far as a schema can. */
class WorkflowSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SOURCE = source();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SOURCE, InputFormat.JSON);

    private final WorkflowParser parser = new WorkflowParser(ActionCatalog.load());

    static Stream<String> accepted() throws IOException {
        Stream<String> documented = Pattern.compile("```json example\\n([\\s\\S]*?)```")
                .matcher(Files.readString(Path.of("../docs/workflow-language.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring(block.indexOf('{'), block.lastIndexOf('}') + 1));
        Stream<String> files;
        try (Stream<Path> found = Files.list(Path.of("src/test/resources/conformance"))) {
            files = found.map(WorkflowSchemaTest::text).toList().stream();
        }
        return Stream.concat(
                Stream.of(Seed.JSON),
                Stream.concat(documented, files)
                        .map(each -> JSON.readTree(each).required("workflow").toString()));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void what_the_parser_accepts_is_valid(String document) {
        assertThat(parser.parse(Seed.read(document)).steps()).isNotEmpty();
        assertThat(SCHEMA.validate(document, InputFormat.JSON)).isEmpty();
    }

    /** In these ' stands for ". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'STOP'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[]}",
                "{'name':'n','steps':[{'id':'a','type':'STOP'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'STOP'}],'color':'red'}",
                "{'name':'n','trigger':{'type':'ERROR','when':1},'steps':[{'id':'a','type':'STOP'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'labels':{'a':1},'steps':[{'id':'a','type':'STOP'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'1','type':'STOP'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'JUMP'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'STOP','join':'some'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'STOP','status':'gone'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'STOP','output':{}}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'FILTER'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'FILTER','condition':{'field':'x'}}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'BRANCH','branches':[]}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'TRANSFORM','output':7}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'DELAY'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'DELAY','duration':'PT1S','until':'x'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'ACTION'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'FOR_EACH','items':'x','steps':[]}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'SUB_WORKFLOW','workflow_id':'x'}]}",
                "{'name':'n','trigger':{'type':'ERROR'},'steps':[{'id':'a','type':'TRANSFORM','output':{},'on_error':{'go':'b'}}]}",
            })
    void what_is_wrong_in_its_structure_is_refused_by_both(String text) {
        String document = text.replace('\'', '"');

        assertThat(SCHEMA.validate(document, InputFormat.JSON)).isNotEmpty();
        assertThatThrownBy(() -> parser.parse(Seed.read(document))).isInstanceOf(InvalidDefinitionException.class);
    }

    @Test
    void every_operator_and_type_is_in_it() {
        JsonNode definitions = JSON.readTree(SOURCE).required("$defs");
        List<String> operators = definitions
                .at("/operator/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(operators)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Operator.values()).map(Operator::name).toList());
        List<String> types = definitions
                .at("/step/properties/type/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(types).containsExactlyInAnyOrderElementsOf(StepParser.TYPES);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String source() {
        try (InputStream schema =
                Objects.requireNonNull(WorkflowSchemaTest.class.getResourceAsStream("/schemas/workflow.schema.json"))) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
