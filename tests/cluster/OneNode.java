import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.geo.GeoModulePlugin;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.rankeval.RankEvalPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.ingest.common.IngestCommonPlugin;
import org.opensearch.join.ParentJoinPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.percolator.PercolatorPlugin;
import org.opensearch.plugin.repository.url.URLRepositoryPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.expression.ExpressionPlugin;
import org.opensearch.script.mustache.MustachePlugin;
import org.opensearch.search.aggregations.matrix.MatrixAggregationPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One search node in a process of its own: each argument is one setting, name=value. Ends when its input ends. The
 * system property "plugin" names the class of one more plugin, which is on the class path.
 */
public final class OneNode {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
        CommonAnalysisPlugin.class,
        ExpressionPlugin.class,
        GeoModulePlugin.class,
        IngestCommonPlugin.class,
        MapperExtrasPlugin.class,
        MatrixAggregationPlugin.class,
        MustachePlugin.class,
        Netty4Plugin.class,
        PainlessPlugin.class,
        ParentJoinPlugin.class,
        PercolatorPlugin.class,
        RankEvalPlugin.class,
        ReindexPlugin.class,
        URLRepositoryPlugin.class);

    private OneNode() {}

    private static Environment environment(String[] arguments) {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            if (pair[1].isEmpty()) {
                settings.putList(pair[0]); // an empty string would stand for the default: every role
            } else {
                settings.put(pair[0], pair[1]);
            }
        }
        return InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), null, () -> null);
    }

    private static List<Class<? extends Plugin>> plugins() throws ClassNotFoundException {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(MODULES);
        String more = System.getProperty("plugin");
        if (more != null) {
            plugins.add(Class.forName(more).asSubclass(Plugin.class));
        }
        return plugins;
    }

    public static void main(String[] arguments) {
        try (Node node = new OpenSearchRunnerNode(environment(arguments), plugins())) {
            node.start();
            // Whoever started this process holds the other end: a test run that dies takes its nodes along.
            while (System.in.read() >= 0) {}
        } catch (Throwable problem) {
            problem.printStackTrace();
            Runtime.getRuntime().halt(1); // threads of a node that came up halfway would keep the process
        }
        System.exit(0);
    }
}
