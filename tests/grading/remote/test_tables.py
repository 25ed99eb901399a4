"""Arrays and tables."""

from collections.abc import Callable

import pytest

from tests.grading.remote.cases import Case, check, params
from tests.grading.remote.pairs import Pair

pytestmark = pytest.mark.kernel

CASES = (
    Case(
        "array",
        "import numpy as np\na = np.arange(6, dtype='i4').reshape(2, 3)",
        """
        import numpy as np
        assert isinstance(a, np.ndarray) and a.shape == (2, 3) and a.dtype == np.int32
        np.testing.assert_array_equal(a, [[0, 1, 2], [3, 4, 5]])
        assert np.allclose(a.sum(axis=0), [3, 5, 7])
        """,
        "import numpy as np\na = np.arange(6, dtype='i4').reshape(3, 2)",
    ),
    Case(
        "scalars-of-numpy",
        "import numpy as np\nm = np.float32(1.5)\nt = np.datetime64('2024-01-02')\nb = np.True_",
        """
        import numpy as np
        assert m == 1.5 and type(m) is np.float32 and isinstance(m, np.floating)
        assert t == np.datetime64('2024-01-02') and t.dtype == 'M8[D]'
        assert b == True and type(b) is np.bool_
        """,
        "m = 1.5",
    ),
    Case(
        "kinds-of-arrays",
        """
        import numpy as np
        people = np.array([('Ann', 3.5), ('Bo', 4.0)], dtype=[('name', 'U10'), ('mark', 'f8')])
        mixed = np.array([1, 'a', [2], None], dtype=object)
        words = np.array(['ab', 'c'])
        z = np.array([1 + 2j])
        days = np.array(['2024-01-01', 'NaT'], dtype='M8[D]')
        empty = np.zeros((0, 3))
        dot = np.array(5)
        order = np.asfortranarray(np.ones((2, 3)))
        """,
        """
        import numpy as np
        assert people['name'].tolist() == ['Ann', 'Bo'] and people[1]['mark'] == 4.0
        assert mixed.dtype == object and mixed[2] == [2] and mixed[3] is None
        assert words.tolist() == ['ab', 'c'] and z.imag[0] == 2
        assert np.isnat(days[1]) and days[0] == np.datetime64('2024-01-01')
        assert empty.shape == (0, 3) and dot.shape == () and dot == 5
        assert order.flags.f_contiguous
        """,
        "import numpy as np\npeople = np.array([('Ann', 3.5)], dtype=[('name', 'U10'), ('mark', 'f8')])",
    ),
    Case(
        "series",
        "import pandas as pd\ns = pd.Series([1, 2], index=['a', 'b'], name='n')",
        """
        import pandas as pd
        pd.testing.assert_series_equal(s, pd.Series([1, 2], index=['a', 'b'], name='n'))
        assert s['b'] == 2 and s.sum() == 3
        """,
        "import pandas as pd\ns = pd.Series([1, 2], index=['a', 'b'], name='m')",
    ),
    Case(
        "frame",
        """
        import pandas as pd
        df = pd.DataFrame({'a': [1, 2, 3], 'b': ['x', 'y', None], 'c': [1.5, None, 2.5]})
        result = df.groupby('b').agg(total=('a', 'sum')).reset_index()
        """,
        """
        import pandas as pd
        expected = pd.DataFrame({'b': ['x', 'y'], 'total': [1, 2]})
        pd.testing.assert_frame_equal(result, expected)
        assert result.equals(expected) and list(result.columns) == ['b', 'total']
        assert df['c'].isna().sum() == 1 and df.shape == (3, 3)
        assert isinstance(df, pd.DataFrame)
        """,
        "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\n"
        "result = pd.DataFrame({'b': ['x', 'y'], 'total': [1, 3]})",
    ),
    Case(
        "kinds-of-columns",
        """
        import pandas as pd, numpy as np
        df = pd.DataFrame({
            'int': pd.array([1, None], dtype='Int64'),
            'float': pd.array([1.5, None], dtype='Float32'),
            'bool': pd.array([True, None], dtype='boolean'),
            'string': pd.array(['a', None], dtype='string'),
            'str': ['a', None],
            'cat': pd.Categorical(['lo', 'hi'], categories=['lo', 'hi'], ordered=True),
            'when': pd.to_datetime(['2024-01-01', None]),
            'zoned': pd.to_datetime(['2024-01-01', '2024-06-01']).tz_localize('Europe/Berlin'),
            'span': pd.to_timedelta(['1D', '2h']),
            'month': pd.period_range('2024-01', periods=2, freq='M'),
            'bin': pd.cut([1, 5], [0, 2, 6]),
            'sparse': pd.arrays.SparseArray([0, 1]),
            'object': [[1], {'a': 2}],
        })
        """,
        """
        import pandas as pd
        expected = pd.DataFrame({
            'int': pd.array([1, None], dtype='Int64'),
            'float': pd.array([1.5, None], dtype='Float32'),
            'bool': pd.array([True, None], dtype='boolean'),
            'string': pd.array(['a', None], dtype='string'),
            'str': ['a', None],
            'cat': pd.Categorical(['lo', 'hi'], categories=['lo', 'hi'], ordered=True),
            'when': pd.to_datetime(['2024-01-01', None]),
            'zoned': pd.to_datetime(['2024-01-01', '2024-06-01']).tz_localize('Europe/Berlin'),
            'span': pd.to_timedelta(['1D', '2h']),
            'month': pd.period_range('2024-01', periods=2, freq='M'),
            'bin': pd.cut([1, 5], [0, 2, 6]),
            'sparse': pd.arrays.SparseArray([0, 1]),
            'object': [[1], {'a': 2}],
        })
        pd.testing.assert_frame_equal(df, expected)
        assert (df.dtypes == expected.dtypes).all()
        assert df.cat.cat.ordered and df['when'].dt.year[0] == 2024
        """,
        "import pandas as pd\ndf = pd.DataFrame({'int': [1.0, None]})",
    ),
    Case(
        "kinds-of-indexes",
        """
        import pandas as pd
        indexes = [
            pd.Index([3, 1], name='n'),
            pd.Index(['a', 'b']),
            pd.Index([1, 'a', None], dtype=object),
            pd.RangeIndex(2, 8, 2, name='r'),
            pd.MultiIndex.from_product([['a', 'b'], [1, 2]], names=['x', 'y']),
            pd.date_range('2024-01-01', periods=3, freq='W-TUE', tz='UTC'),
            pd.timedelta_range('1D', periods=2, freq='D'),
            pd.period_range('2024', periods=2, freq='Q'),
            pd.CategoricalIndex(['a', 'b', 'a']),
            pd.interval_range(0, 3),
        ]
        """,
        """
        import pandas as pd
        expected = [
            pd.Index([3, 1], name='n'),
            pd.Index(['a', 'b']),
            pd.Index([1, 'a', None], dtype=object),
            pd.RangeIndex(2, 8, 2, name='r'),
            pd.MultiIndex.from_product([['a', 'b'], [1, 2]], names=['x', 'y']),
            pd.date_range('2024-01-01', periods=3, freq='W-TUE', tz='UTC'),
            pd.timedelta_range('1D', periods=2, freq='D'),
            pd.period_range('2024', periods=2, freq='Q'),
            pd.CategoricalIndex(['a', 'b', 'a']),
            pd.interval_range(0, 3),
        ]
        for one, other in zip(indexes, expected, strict=True):
            pd.testing.assert_index_equal(one, other, exact=True)
            assert type(one) is type(other) and getattr(one, 'freq', 0) == getattr(other, 'freq', 0)
        """,
        "import pandas as pd\nindexes = [pd.Index([3, 1], name='m')] + [None] * 9",
    ),
    Case(
        "scalars-of-pandas",
        """
        import pandas as pd
        t = pd.Timestamp('2024-03-31 01:30', tz='Europe/Paris')
        n = pd.Timestamp('2024-01-01')
        d = pd.Timedelta('1D 2h')
        p = pd.Period('2024-02', 'M')
        i = pd.Interval(0, 1, closed='left')
        nat, na = pd.NaT, pd.NA
        o = pd.offsets.MonthEnd(2)
        """,
        """
        import pandas as pd
        assert t == pd.Timestamp('2024-03-31 01:30', tz='Europe/Paris') and str(t.tz) == 'Europe/Paris'
        assert n.year == 2024 and n + d == pd.Timestamp('2024-01-02 02:00')
        assert p.end_time.day == 29 and 0 in i and 1 not in i
        assert nat is pd.NaT and na is pd.NA
        assert n + o == pd.Timestamp('2024-02-29')
        """,
        "import pandas as pd\nt = pd.Timestamp('2024-03-31 01:30')",
    ),
    Case(
        "attributes-and-shapes",
        """
        import pandas as pd
        df = pd.DataFrame([[1, 2], [3, 4]], columns=pd.MultiIndex.from_tuples([('a', 'x'), ('a', 'y')]))
        df.attrs['unit'] = 'm'
        empty = pd.DataFrame(columns=['a', 'b'])
        twice = pd.DataFrame([[1, 2]], columns=['a', 'a'])
        """,
        """
        assert df[('a', 'y')].tolist() == [2, 4] and df.attrs == {'unit': 'm'}
        assert empty.empty and list(empty) == ['a', 'b']
        assert twice.shape == (1, 2) and twice['a'].shape == (1, 2)
        """,
        "import pandas as pd\ndf = pd.DataFrame()",
    ),
    Case(
        "function-of-frame",
        """
        def top(df, n=1):
            df = df.copy()
            df['rank'] = df['score'].rank(ascending=False)
            return df.nsmallest(n, 'rank')['name'].tolist()
        """,
        """
        import pandas as pd
        data = pd.DataFrame({'name': list('abc'), 'score': [1, 3, 2]})
        assert top(data) == ['b'] and top(data, n=2) == ['b', 'c']
        assert 'rank' not in data.columns
        """,
        "def top(df, n=1):\n    return df['name'].tolist()[:n]",
    ),
)


@params(*CASES)
def test_tables(case: Case, answer: str, new_pair: Callable[[], Pair]) -> None:
    check(case, answer, new_pair)
