"""Who would buy what: eight lines of business, their customers, and what people there talk about.

All names are invented: places, bodies and firms. Nouns are singular or stand alone, so that every
sentence agrees with them.
"""

from dataclasses import dataclass

__all__ = ["LINES", "Customer", "Line"]


@dataclass(frozen=True)
class Customer:
    """A public body or firm: short name, name, Chinese name, place and kind of house."""

    short: str
    name: str
    zh: str
    place: str
    kind: str  # bureau, company, hospital or college


@dataclass(frozen=True)
class Line:
    """A line of business in the words of those who buy it.

    ``metric`` is what should get better, ``worry`` what they fear, ``proof`` the paper that shows
    the need, ``user`` who would work with it, ``units`` small first pieces, ``sites`` where the
    whole would go.
    """

    key: str
    product: str
    metric: str
    worry: str
    proof: str
    user: str
    sites: tuple[str, ...]
    units: tuple[str, ...]
    customers: tuple[Customer, ...]


_PLACES = dict(
    pair.split()
    for pair in (
        "Yunhe 云禾,Lingxi 菱溪,Shuangdi 双堤,Meidu 梅渡,Qingbu 青埠,Lanyu 岚屿,Wangchuan 望川,"
        "Jinxun 金浔,Botang 柏塘,Heting 禾汀,Lugang 芦港,Yuewan 月湾,Songzhou 松洲,Huaili 槐里,"
        "Tingbei 汀北,Lancheng 澜城,Tongping 桐坪,Yantang 雁塘,Luyuan 鹿原,Qutang 曲塘,"
        "Qingtang 青棠,Ningxi 宁溪,Gudu 古渡,Fengqu 丰渠,Anhe 安禾,Qinchuan 沁川,Yubao 榆堡,"
        "Longwa 龙洼"
    ).split(",")
)


def _line(key: str, words: str, sites: str, units: str, bodies: str, places: str) -> Line:
    product, metric, worry, proof, user = (word.strip() for word in words.split(";"))
    kinds = [tuple(part.strip() for part in body.split("|")) for body in bodies.split(";")]
    found = []
    for number, place in enumerate(places.split()):
        short, name, zh, kind = kinds[number % len(kinds)]
        found.append(
            Customer(f"{place} {short}", f"{place} {name}", _PLACES[place] + zh, place, kind)
        )
    return Line(
        key,
        product,
        metric,
        worry,
        proof,
        user,
        tuple(site.strip() for site in sites.split(";")),
        tuple(unit.strip() for unit in units.split(";")),
        tuple(found),
    )


LINES = (
    _line(
        "water",
        "pump-station monitoring; the number of night call-outs; a sensor that drowns in the first "
        "flood; last July's flood log; the duty engineer",
        "the east pumping station; the river intake; the old town network; the ring canal",
        "two pump stations; the three worst manholes; the lock at the canal",
        "Water | Water Company | 水务公司 | company; "
        "Water Affairs | Water Affairs Bureau | 水务局 | bureau",
        "Yunhe Lingxi Shuangdi Meidu Qingbu Lanyu Wangchuan Jinxun Botang Heting Lugang Yuewan "
        "Songzhou Huaili",
    ),
    _line(
        "hospital",
        "bed and porter dispatch; the wait for a porter; everything typed twice; "
        "the porter tally; the head porter",
        "the surgery block; the emergency department; the new ward tower; the outpatient house",
        "three wards; the night shift of one block; the radiology run",
        "No. 2 Hospital | No. 2 Hospital | 二院 | hospital; "
        "Maternity | Maternity Hospital | 妇幼院 | hospital",
        "Lingxi Meidu Lanyu Jinxun Heting Yuewan Huaili Tingbei Tongping Luyuan Qingtang Gudu "
        "Anhe Yubao",
    ),
    _line(
        "campus",
        "campus energy control; the power bill per student; a cold hall in exam week; "
        "the heating bill; the caretaker",
        "dormitory area 3; the library; the engineering quarter; the south campus",
        "one teaching building; the swimming hall; dormitory block 9",
        "College | Vocational College | 职院 | college; Normal | Normal College | 师专 | college",
        "Shuangdi Qingbu Wangchuan Botang Lugang Songzhou Tingbei Lancheng Yantang Qutang Ningxi "
        "Fengqu Qinchuan Longwa",
    ),
    _line(
        "archive",
        "archive digitisation; the time to find a file; an original leaving the building; "
        "the lending register; the reading-room clerk",
        "the basement store; the land register room; the personnel archive; the plan chest",
        "one row of shelves; the files of 1998; the hundred most wanted plans",
        "Archives | Archives | 档案馆 | bureau; Registry | Property Registry | 不动产中心 | bureau",
        "Yunhe Shuangdi Lanyu Botang Yuewan Tingbei Lancheng Luyuan Qutang Ningxi Gudu Anhe Yubao "
        "Longwa",
    ),
    _line(
        "park",
        "dust and noise monitoring; the number of complaints; a wrong reading in the newspaper; "
        "the complaint list; the gate inspector",
        "the north gate; the crushing yard; the harbour road; the second building phase",
        "four masts; the school side of the fence; one construction lot",
        "Park | High-Tech Park | 高新园 | company; "
        "Port Zone | Port Zone Committee | 港区管委会 | bureau",
        "Lingxi Qingbu Jinxun Heting Lugang Huaili Tongping Yantang Qingtang Fengqu Anhe Qinchuan "
        "Yubao Longwa",
    ),
    _line(
        "parking",
        "parking guidance; the search for a space; a queue on the ramp; "
        "the traffic police's letter; the ramp attendant",
        "the station square garage; the market hall; the stadium car park; the old hospital garage",
        "one garage level; the two lots behind the station; the ramp with its display",
        "City Investment | City Investment Group | 城投 | company; "
        "Transport | Transport Group | 交通集团 | company",
        "Yunhe Meidu Wangchuan Jinxun Songzhou Huaili Lancheng Tongping Luyuan Qingtang Ningxi "
        "Gudu Fengqu Qinchuan",
    ),
    _line(
        "heat",
        "district heat balancing; the number of calls from cold flats; a cold top floor in "
        "January; the hotline record; the shift foreman",
        "exchange station 12; the railway quarter; the lake estate; the eastern loop",
        "one exchange station; the six blocks behind the school; a single riser",
        "Heat | Heat Supply Company | 热力公司 | company; "
        "Housing | Housing Bureau | 住建局 | bureau",
        "Lingxi Lanyu Botang Heting Yuewan Tingbei Yantang Qutang Ningxi Gudu Anhe Yubao Fengqu "
        "Longwa",
    ),
    _line(
        "kitchen",
        "kitchen temperature records; the pile of hand-written sheets; a cold store that fails on "
        "a Sunday; the inspection report; the head cook",
        "the central kitchen; the cold store; the school on the hill; the delivery yard",
        "five school kitchens; one cold store; the vans of the northern tour",
        "Education | Education Bureau | 教育局 | bureau; "
        "Catering | School Catering Company | 学校后勤公司 | company",
        "Yunhe Shuangdi Meidu Qingbu Wangchuan Lugang Songzhou Lancheng Tongping Luyuan Qingtang "
        "Qutang Qinchuan Fengqu",
    ),
)
"""The eight lines: fourteen customers each."""
