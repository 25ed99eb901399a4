"""Who deals with whom: the sectors of the case, their firms and the things they talk about.

All firms are invented. A firm is written ``short|full name|city``; customers put their Chinese
short name before the city. Nouns are singular, so that every sentence agrees with them.
"""

from dataclasses import dataclass

__all__ = ["SECTORS", "Firm", "Sector"]


@dataclass(frozen=True)
class Firm:
    """A customer or vendor; ``zh`` is its Chinese short name, empty if it has none."""

    short: str
    name: str
    zh: str
    city: str


@dataclass(frozen=True)
class Sector:
    """What is bought and sold in a sector, in the words of the people who do.

    ``data`` is the paper the customer owes, ``sample`` what the vendor shows, ``worry`` what the
    customer fears, ``metric`` what should get better, ``sites`` where it would start.
    """

    key: str
    product: str
    data: str
    sample: str
    worry: str
    metric: str
    sites: tuple[str, ...]
    customers: tuple[Firm, ...]
    vendors: tuple[Firm, ...]


def _sector(key: str, words: str, sites: str, customers: str, vendors: str) -> Sector:
    product, data, sample, worry, metric = (word.strip() for word in words.split(";"))

    def firms(text: str) -> tuple[Firm, ...]:
        found = []
        for entry in text.split(";"):
            parts = [part.strip() for part in entry.split("|")]
            short, name, city = parts[0], parts[1], parts[-1]
            found.append(Firm(short, name, parts[2] if len(parts) == 4 else "", city))
        return tuple(found)

    return Sector(
        key,
        product,
        data,
        sample,
        worry,
        metric,
        tuple(site.strip() for site in sites.split(";")),
        firms(customers),
        firms(vendors),
    )


SECTORS: tuple[Sector, ...] = (
    _sector(
        "logistics",
        "dispatch software; the depot list; the route replay; drivers switching it off; "
        "empty kilometres",
        "the Jinkou depot; the north yard; the airport hub",
        "Hengyuan|Hengyuan Logistics|恒远|Wuhan; Shunlai|Shunlai Freight|顺来|Changsha; "
        "Lujiang|Lujiang Haulage|麓江|Nanchang; Qianfan|Qianfan Transport|千帆|Ningbo; "
        "Bowei|Bowei Express|泊维|Chengdu",
        "Lanting|Lanting Software|Hangzhou; Routewise|Routewise Systems|Shenzhen; "
        "Gudao|Gudao Cloud|Suzhou; Tidemark|Tidemark Dispatch|Xiamen; "
        "Axle Ledger|Axle Ledger Software|Shanghai; Yilu|Yilu Mapping|Nanjing",
    ),
    _sector(
        "cold",
        "temperature sensors; the truck list; the probe set; a probe dying in the middle of July; "
        "spoilage",
        "cold store 2; the seafood dock; the ring-road warehouse",
        "Baishi|Baishi Cold Chain|白石|Dalian; Xuehe|Xuehe Frozen Foods|雪禾|Qingdao; "
        "Lengshan|Lengshan Storage|冷杉|Zhengzhou; Binglan|Binglan Dairy Transport|冰岚|Harbin; "
        "Haozhou|Haozhou Cold Stores|皓洲|Guangzhou",
        "Novalink|Novalink Sensors|Shenzhen; Frostline|Frostline Instruments|Suzhou; "
        "Shuangjiang|Shuangjiang Instruments|Hangzhou; Degree Nine|Degree Nine Data|Chengdu; "
        "Polarwatch|Polarwatch Technology|Xi'an; Coldtrace|Coldtrace Labs|Nanjing",
    ),
    _sector(
        "hospital",
        "imaging workstations; the scan count; the anonymised scan set; the old archive; "
        "reporting time",
        "the radiology floor; the outpatient wing; building C",
        "Jiangbei No. 3|Jiangbei Hospital No. 3|江北三院|Chongqing; "
        "Linshui|Linshui County Hospital|临水|Hefei; Xigu|Xigu Orthopaedics|西谷|Kunming; "
        "Mingyue|Mingyue Women's Clinics|明月|Fuzhou; Qiushui|Qiushui Hospital Group|秋水|Jinan",
        "Yuntai|Yuntai Imaging|Shanghai; Pellucid|Pellucid Scan|Shenzhen; "
        "Heron|Heron Diagnostics|Suzhou; Sanjing|Sanjing Imaging|Beijing; "
        "Twolight|Twolight Medical|Wuhan; Beichen|Beichen Radiology Tools|Tianjin",
    ),
    _sector(
        "packaging",
        "palletising cells; the carton list; the gripper video; the night shift; stoppages",
        "line 4; the carton hall; the new plant",
        "Deli Pack|Deli Packaging|德栗|Dongguan; Huanhe|Huanhe Cartons|环禾|Foshan; "
        "Zhuyin|Zhuyin Printing & Box|竹印|Wenzhou; Meixia|Meixia Glass|湄霞|Jinan; "
        "Fangtang|Fangtang Containers|方塘|Wuxi",
        "Orbis|Orbis Robotics|Shenzhen; Ninefold|Ninefold Automation|Suzhou; "
        "Quxing|Quxing Machines|Shanghai; Handwell|Handwell Grippers|Ningbo; "
        "Liftmark|Liftmark Systems|Wuhan; Jingzhe|Jingzhe Robotics|Hangzhou",
    ),
    _sector(
        "bus",
        "charging stations; the parking plan; the load curve; the grid connection; idle buses",
        "the east terminal; the Luohu yard; depot 7",
        "Changfeng|Changfeng Bus|长风|Zhengzhou; Wanlu|Wanlu Coaches|万麓|Kunming; "
        "Jinque|Jinque City Bus|锦雀|Chengdu; Beiyuan|Beiyuan Shuttle|北苑|Tianjin; "
        "Haiwan|Haiwan Ferry & Bus|海湾|Xiamen",
        "Mirae|Mirae Charging|Shenzhen; Plugwell|Plugwell Energy|Shanghai; "
        "Dianhe|Dianhe Power|Hefei; Amperon|Amperon Grid|Nanjing; Fusheng|Fusheng Charging|Xi'an; "
        "Twelve Volt|Twelve Volt Works|Hangzhou",
    ),
    _sector(
        "school",
        "reading programmes; the class list; the sample lesson; parents complaining about "
        "screens; reading minutes",
        "the lake campus; grade 5; the two pilot schools",
        "Nanhu|Nanhu Schools Group|南湖|Jinan; Shuyuan|Shuyuan Academy|墅远|Nanchang; "
        "Qinglu|Qinglu Primary Schools|青鹿|Changsha; Tongxi|Tongxi Kindergartens|桐溪|Suzhou; "
        "Yunque|Yunque Education|云雀|Guangzhou",
        "Qingteng|Qingteng Reading|Beijing; Pagewise|Pagewise Learning|Shanghai; "
        "Xiaozhou|Xiaozhou Books|Hangzhou; Lantern|Lantern Library|Chengdu; "
        "Storyjar|Storyjar Studio|Xiamen; Moxi|Moxi Press|Nanjing",
    ),
    _sector(
        "food",
        "water filters; the water report; the test cartridge; the smell complaint; water per tonne",
        "the sauce plant; the bottling hall; the rinse section",
        "Sanhe|Sanhe Foods|三禾|Qingdao; Laojin|Laojin Soy|老津|Foshan; "
        "Yuantian|Yuantian Noodles|原田|Zhengzhou; Dongpu|Dongpu Pickles|东浦|Chongqing; "
        "Guoxi|Guoxi Juices|果溪|Hefei",
        "Clearwell|Clearwell Filters|Wuxi; Qingquan|Qingquan Membranes|Hangzhou; "
        "Siltless|Siltless Water|Shanghai; Brightpore|Brightpore Filters|Suzhou; "
        "Runxi|Runxi Equipment|Guangzhou; Stillwater|Stillwater Process|Tianjin",
    ),
    _sector(
        "metro",
        "platform signs; the station plan; the night mock-up; the fire certificate; "
        "questions to the guards",
        "the transfer hall; line 6; the two airport stations",
        "Tongda Metro|Tongda Metro|通达地铁|Nanjing; Ximen|Ximen Rail Operations|西门|Xi'an; "
        "Binhe|Binhe Tram|滨禾|Shenyang; Yuhu|Yuhu Airport Link|雨湖|Kunming; "
        "Jiuqiao|Jiuqiao Stations|九桥|Fuzhou",
        "Weiguang|Weiguang Signage|Shenzhen; Arrowleaf|Arrowleaf Signs|Shanghai; "
        "Zhishi|Zhishi Displays|Hangzhou; Northlight|Northlight Wayfinding|Dalian; "
        "Biaoxin|Biaoxin Lightboxes|Guangzhou; Clearpath|Clearpath Graphics|Chengdu",
    ),
    _sector(
        "hotel",
        "laundry services; the room count; the linen sample; grey towels in week three; "
        "linen cost per room",
        "the lakeside house; the airport hotel; the two old-town houses",
        "Hongyun|Hongyun Hotels|鸿云|Hangzhou; Yueting|Yueting Inns|月汀|Xiamen; "
        "Songfeng|Songfeng Resorts|松风|Kunming; Beihe|Beihe House|北禾|Qingdao; "
        "Jinsha|Jinsha Guesthouses|锦沙|Changsha",
        "Lumen|Lumen Laundry|Ningbo; Whitefold|Whitefold Linen|Fuzhou; "
        "Jiexi|Jiexi Services|Guangzhou; Steamhouse|Steamhouse Textiles|Suzhou; "
        "Yisha|Yisha Linen|Wuhan; Softwater|Softwater Laundry|Chongqing",
    ),
    _sector(
        "care",
        "rehab programmes; the resident list; the trial week; falls at night; falls per month",
        "the garden house; the third floor; the day centre",
        "Ruian|Ruian Elderly Care|瑞安|Shanghai; Heyang|Heyang Homes|禾阳|Shenyang; "
        "Changting|Changting Residences|长汀|Hefei; Xilou|Xilou Care|西楼|Tianjin; "
        "Baihe|Baihe Nursing|百荷|Fuzhou",
        "Stepwise|Stepwise Rehab|Hangzhou; Kangbu|Kangbu Therapy|Nanjing; "
        "Slow River|Slow River Therapy|Chengdu; Evenstep|Evenstep Training|Beijing; "
        "Zaoan|Zaoan Health|Wuxi; Wenxi|Wenxi Rehab|Guangzhou",
    ),
    _sector(
        "ceramics",
        "kiln heat recovery; the gas bill; the thermal picture; a cold kiln; gas per square metre",
        "kiln 2; the glaze shop; the tunnel kiln",
        "Zhonghe|Zhonghe Ceramics|众禾|Foshan; Qingyao|Qingyao Tiles|青窑|Nanchang; "
        "Tuyuan|Tuyuan Sanitary Ware|土原|Zhengzhou; Baixi|Baixi Porcelain|白溪|Fuzhou; "
        "Hongni|Hongni Brick|红泥|Chengdu",
        "Kilnwork|Kilnwork Energy|Guangzhou; Reheat|Reheat Engineering|Suzhou; "
        "Yure|Yure Technology|Xi'an; Cinder Lane|Cinder Lane Energy|Hangzhou; "
        "Luohuo|Luohuo Furnaces|Wuxi; Emberline|Emberline Works|Jinan",
    ),
    _sector(
        "retail",
        "loyalty systems; the member file; the coupon test; staff at the till; repeat visits",
        "the six city shops; the flagship; the franchise stores",
        "Fuxing|Fuxing Retail|福杏|Wuhan; Linjia|Linjia Supermarkets|邻佳|Wenzhou; "
        "Xiangcao|Xiangcao Bakeries|香草|Nanjing; Duoli|Duoli Pharmacies|多梨|Chongqing; "
        "Manxi|Manxi Stores|满溪|Shenyang",
        "Paipai|Paipai Loyalty|Hangzhou; Stampbook|Stampbook Labs|Shanghai; "
        "Huitou|Huitou Data|Beijing; Twice|Twice Marketing|Guangzhou; "
        "Laixi|Laixi Members|Chengdu; Copperleaf|Copperleaf Rewards|Shenzhen",
    ),
    _sector(
        "textile",
        "dye-water recycling; the discharge log; the colour test; the environmental "
        "inspection; water cost",
        "dye house 3; the finishing shop; the reactive line",
        "Jinsi|Jinsi Textiles|锦丝|Wenzhou; Yunmian|Yunmian Cotton|云棉|Jinan; "
        "Caihe|Caihe Dyeing|彩河|Ningbo; Maxi|Maxi Linen Mills|麻溪|Harbin; "
        "Lanbu|Lanbu Denim|蓝布|Foshan",
        "Seventh Rinse|Seventh Rinse|Suzhou; Huiliu|Huiliu Water|Shanghai; "
        "Bluevat|Bluevat Process|Guangzhou; Ranqing|Ranqing Equipment|Hangzhou; "
        "Loopwell|Loopwell Engineering|Wuxi; Danxi|Danxi Membrane|Xiamen",
    ),
    _sector(
        "property",
        "lift monitoring; the lift register; the vibration record; the residents' committee; "
        "lift downtime",
        "towers 5 to 8; the garden estate; the office block",
        "Anzhu|Anzhu Property|安竹|Chengdu; Tinglan|Tinglan Estates|汀兰|Suzhou; "
        "Yunqi|Yunqi Towers|云栖里|Chongqing; Hefu|Hefu Property Care|禾府|Tianjin; "
        "Wutong|Wutong Residences|梧桐里|Shanghai",
        "Plumbline|Plumbline Lifts|Shenzhen; Shengjiang|Shengjiang Monitoring|Hangzhou; "
        "Counterweight|Counterweight Data|Wuhan; Tingyin|Tingyin Sensors|Nanjing; "
        "Floorcount|Floorcount Systems|Beijing; Wenlu|Wenlu Technology|Xi'an",
    ),
    _sector(
        "fruit",
        "sorting lines; the harvest plan; the sorting video; bruised fruit; share of first grade",
        "the packing station; the apple shed; the valley orchard",
        "Taoxi|Taoxi Orchards|桃溪|Xi'an; Hongguan|Hongguan Apples|红冠|Jinan; "
        "Nanling|Nanling Citrus|楠岭|Nanchang; Lizhi Bay|Lizhi Bay Growers|荔湾里|Guangzhou; "
        "Xueli|Xueli Pear Co-op|雪梨|Zhengzhou",
        "Softgrip|Softgrip Sorting|Qingdao; Guangxuan|Guangxuan Optics|Hefei; "
        "Peelable|Peelable Machines|Shanghai; Shaixi|Shaixi Equipment|Fuzhou; "
        "Gradewell|Gradewell Vision|Hangzhou; Orchard Eye|Orchard Eye|Beijing",
    ),
    _sector(
        "print",
        "colour management; the press list; the proof sheet; the festival peak; wasted sheets",
        "press 1; the label shop; the city plant",
        "Yazhi|Yazhi Printing|雅织|Shenyang; Moyun|Moyun Books|墨云|Wuhan; "
        "Caiye|Caiye Labels|彩页|Dongguan; Hezhi|Hezhi Calendars|禾纸|Hefei; "
        "Qianye|Qianye Press|千叶|Nanjing",
        "Halftone|Halftone Works|Shanghai; Sesha|Sesha Instruments|Hangzhou; "
        "Inkwise|Inkwise Colour|Guangzhou; Jiaoxi|Jiaoxi Prepress|Beijing; "
        "Registermark|Registermark|Suzhou; Tonal|Tonal Lab|Xiamen",
    ),
)
"""The sixteen sectors: five customers and six vendors each."""
