"""Whom the twelve sell to (invented), by trade, and what is there."""

from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["TRADES", "Customer", "Trade"]


@dataclass(frozen=True)
class Customer:
    """A customer: ``short`` is what people call it; ``contact`` is whom one deals with there."""

    name: str
    short: str
    contact: str
    place: str


@dataclass(frozen=True)
class Trade:
    """Customers alike: what they are sold, and what stands where it is used."""

    name: str
    products: tuple[str, ...]
    sites: tuple[str, ...]
    goods: tuple[str, ...]
    users: tuple[str, ...]
    customers: tuple[Customer, ...]


def _customers(text: str) -> tuple[Customer, ...]:
    """Read ``Short|rest of the name|contact|place`` line by line."""
    found = []
    for line in text.strip().splitlines():
        short, rest, contact, place = line.strip().split("|")
        found.append(Customer(f"{short} {rest}".strip(), short, contact, place))
    return tuple(found)


TRADES = MappingProxyType(
    {
        "cold": Trade(
            "food and cold stores",
            ("ColdTrace", "ColdTrace Mobile", "StockEye"),
            ("the new cold store", "the loading hall", "store 3", "the blast freezer", "the dock"),
            ("pallets", "crates", "loggers", "lots"),
            ("the night shift", "the store keepers", "the drivers", "quality control"),
            _customers("""
Hechuan|Foods|Mr Lu|Hefei
Beitang|Cold Chain|Ms Jian|Tianjin
Fuhai|Aquatic|Mr Weng|Zhoushan
Qingshan|Dairy|Ms Hao|Hohhot
Luming|Poultry|Mr Zha|Weifang
Sanjiang|Frozen Foods|Ms Ning|Yibin
Dongxi|Fruit|Mr Pu|Yantai
Baihe|Ice Cream|Ms Gan|Suzhou
Wanshun|Meat|Mr Teng|Linyi
"""),
        ),
        "hospital": Trade(
            "hospitals and medical supply",
            ("StockEye Medical", "ColdTrace Medical", "StockEye"),
            ("the pharmacy store", "the blood bank", "the central store", "the operating wing"),
            ("batches", "trays", "implants", "shelves"),
            ("the ward nurses", "the pharmacists", "the store keepers", "the night desk"),
            _customers("""
Jingshan|County Hospital|Dr Fan|Jingshan
Ruikang|Hospital Group|Ms Cui|Changzhou
Second People's|Hospital of Anlu|Mr Xing|Anlu
Yongning|Maternity Hospital|Ms Bao|Yongning
Desheng|Medical Supply|Mr Qu|Jinan
Tongji West|Campus|Dr Liao|Nanchang
Puren|Eye Hospitals|Ms Zhan|Wuxi
Kangning|Blood Centre|Mr Ou|Zhenjiang
"""),
        ),
        "port": Trade(
            "ports and terminals",
            ("YardBook", "DockCall", "YardBook Rail"),
            ("gate 3", "the reefer yard", "the north berth", "the truck park", "the rail yard"),
            ("boxes", "reefers", "trucks", "bookings"),
            ("the gate crew", "the planners", "the tally clerks", "the truckers"),
            _customers("""
Taicang North|Terminal|Mr Shan|Taicang
Jiangyin|Inland Port|Ms Mi|Jiangyin
Huanghai|Container Yard|Mr Le|Lianyungang
Yuelai|River Port|Mr Rao|Chongqing
Longtan|Bonded Park|Ms Xiang|Nanjing
Nansha South|Terminal|Mr Geng|Guangzhou
Rugao|Bulk Quay|Mr Ai|Nantong
"""),
        ),
        "retail": Trade(
            "retail chains",
            ("StockEye Retail", "DockCall", "StockEye Count"),
            ("the returns hall", "the main warehouse", "the pilot store", "the sorting line"),
            ("articles", "parcels", "cages", "labels"),
            ("the store managers", "the pickers", "the returns desk", "the buyers"),
            _customers("""
Meijia|Supermarkets|Ms Rong|Wuhan
Lebai|Department Stores|Mr Chi|Nanjing
Xiaolu|Toys|Ms Ying|Hangzhou
Anran|Pharmacies|Mr Yue|Zhengzhou
Yijia|Home|Ms Kou|Suzhou
Shunfa|Hardware|Mr Ben|Foshan
Duoduo|Baby|Ms Ge|Chengdu
Qimeng|Books|Mr Mei|Xi'an
"""),
        ),
        "factory": Trade(
            "makers of machines and parts",
            ("StockEye Line", "YardBook", "StockEye Tools"),
            ("line 2", "the tool store", "the paint shop", "hall B", "the spare-parts store"),
            ("parts", "tools", "kits", "castings"),
            ("the shift leaders", "the setters", "goods inward", "the fitters"),
            _customers("""
Hongda|Bearings|Mr Kuang|Wafangdian
Xinlei|Pumps|Ms Dou|Taizhou
Juli|Cranes|Mr Bi|Xuzhou
Mingyang|Glass|Mr Fu|Bengbu
Tongrui|Cables|Ms Sheng|Wuxi
Haoyu|Auto Seats|Mr Jing|Wuhu
Zhongbo|Compressors|Mr Nie|Shenyang
Lida|Moulds|Ms Yun|Ningbo
"""),
        ),
        "asia": Trade(
            "Central Asia",
            ("YardBook Rail", "ColdTrace", "StockEye"),
            ("the dry port", "the wagon scale", "the apple store", "the grain yard", "dock 2"),
            ("wagons", "sacks", "crates", "seals"),
            ("the customs brokers", "the crane drivers", "the dispatchers", "the night shift"),
            _customers("""
Altyn|Grain|Mr Seitkali|Kostanay
Zhetysu|Apples|Ms Abdrakh|Taldykorgan
Khorgos East|Dry Port|Mr Yesimov|Khorgos
Tien Shan|Pharma|Ms Karimova|Bishkek
Silk Rail|Terminals|Mr Rahimov|Tashkent
Ertis|Dairy|Ms Zhakup|Pavlodar
Caspi|Trucks|Mr Ospan|Aktau
Ala-Too|Markets|Ms Usen|Bishkek
"""),
        ),
    }
)
