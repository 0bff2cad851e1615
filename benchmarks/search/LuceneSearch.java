import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/** Lucene with the same courses, questions and counts: `build|ask FOLDER ROWS`; see lucene.py. */
public class LuceneSearch {
    static final String[] FILTERS = {"language", "mode", "price", "level"};
    static final int CHOSEN = 3;
    static final int REPEATS = 3;

    public static void main(String[] given) throws Exception {
        Path index = Path.of(given[1]);
        if (given[0].equals("build")) build(index, Path.of(given[2]));
        else ask(index, Path.of(given[2]));
    }

    static void build(Path index, Path rows) throws Exception {
        IndexWriterConfig settings = new IndexWriterConfig(new WhitespaceAnalyzer()).setRAMBufferSizeMB(300);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(index), settings);
                BufferedReader lines = Files.newBufferedReader(rows)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", -1);
                Document course = new Document();
                course.add(new TextField("title", cells[0], Field.Store.NO));
                course.add(new TextField("text", cells[1], Field.Store.NO));
                for (int i = 0; i < FILTERS.length; i++) {
                    course.add(new StringField(FILTERS[i], cells[2 + i], Field.Store.NO));
                    course.add(new NumericDocValuesField("n" + FILTERS[i], Long.parseLong(cells[2 + i])));
                }
                writer.addDocument(course);
            }
            writer.commit();
        }
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println("{\"processor\": " + system.getProcessCpuTime() / 1e9 + "}");
    }

    static void ask(Path index, Path rows) throws Exception {
        List<String[]> questions = new ArrayList<>();
        for (String line : Files.readAllLines(rows)) questions.add(line.split("\t", -1));
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(index)));
        searcher.setQueryCache(null);
        double[] wall = new double[questions.size()];
        double[] processor = new double[questions.size()];
        int[] fitting = new int[questions.size()];
        Arrays.fill(wall, 1e9);
        Arrays.fill(processor, 1e9);
        var thread = ManagementFactory.getThreadMXBean();
        for (int repeat = 0; repeat <= REPEATS; repeat++) {
            for (int i = 0; i < fitting.length; i++) {
                long at = System.nanoTime(), spent = thread.getCurrentThreadCpuTime();
                fitting[i] = answer(searcher, questions.get(i));
                double tookProcessor = (thread.getCurrentThreadCpuTime() - spent) / 1e6;
                double took = (System.nanoTime() - at) / 1e6;
                if (repeat > 0) {
                    wall[i] = Math.min(wall[i], took);
                    processor[i] = Math.min(processor[i], tookProcessor);
                }
            }
        }
        System.out.println("{\"wall\": " + Arrays.toString(wall) + ", \"processor\": " + Arrays.toString(processor)
                + ", \"fitting\": " + Arrays.toString(fitting) + ", \"megabytes\": " + resident() + "}");
    }

    static int answer(IndexSearcher searcher, String[] question) throws Exception {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        for (String word : question[0].split(" ")) {
            Query inTitle = new BoostQuery(new TermQuery(new Term("title", word)), 5);
            Query inText = new TermQuery(new Term("text", word));
            words.add(new BooleanQuery.Builder().add(inTitle, Occur.SHOULD).add(inText, Occur.SHOULD).build(), Occur.MUST);
        }
        int fitting = 0;
        for (int aside = 0; aside < FILTERS.length; aside++) {
            BooleanQuery.Builder all = new BooleanQuery.Builder();
            boolean best = aside >= CHOSEN;
            all.add(words.build(), best ? Occur.MUST : Occur.FILTER);
            for (int i = 0; i < CHOSEN; i++) {
                if (i != aside) all.add(new TermQuery(new Term(FILTERS[i], question[1 + i])), Occur.FILTER);
            }
            Query query = all.build();
            if (best) searcher.search(query, 10);
            Counts counts = new Counts("n" + FILTERS[aside]);
            searcher.search(query, counts);
            if (best) fitting = Arrays.stream(counts.of).sum();
        }
        return fitting;
    }

    static class Counts extends SimpleCollector {
        final int[] of = new int[16];
        private final String field;
        private NumericDocValues values;

        Counts(String field) {
            this.field = field;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws java.io.IOException {
            values = DocValues.getNumeric(context.reader(), field);
        }

        @Override
        public void collect(int course) throws java.io.IOException {
            if (values.advanceExact(course)) of[(int) values.longValue()]++;
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    static double resident() throws Exception {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(of -> of.startsWith("VmHWM")).collect(Collectors.joining());
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1000;
    }
}
