"""Whom the ten sell to (invented), by sector: which plans there are, and what people care about."""

from dataclasses import dataclass

__all__ = ["SECTORS", "Customer", "Sector"]


@dataclass(frozen=True)
class Customer:
    """A customer; ``short`` is what people call it, ``contact`` is whom one deals with there."""

    name: str
    short: str
    contact: str

    @property
    def she(self) -> bool:
        """Pronoun of the contact."""
        return self.contact.startswith("Ms")


@dataclass(frozen=True)
class Sector:
    """Customers alike: the plans they may mean, their concerns, what they want in detail."""

    name: str
    plans: tuple[str, ...]
    concerns: tuple[str, ...]
    details: tuple[str, ...]
    customers: tuple[Customer, ...]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


def _customers(text: str) -> tuple[Customer, ...]:
    """Read ``Short|rest of the name|contact`` line by line."""
    found = []
    for short, rest, contact in (line.split("|") for line in _lines(text)):
        found.append(Customer(f"{short} {rest}", short, contact))
    return tuple(found)


SECTORS = (
    Sector(
        "water",
        ("the leak plan", "the pump plan", "the meter plan", "the flood plan"),
        _lines("""
            the old cast-iron mains under the market
            last summer's burst on Renmin Road
            the two night operators who retire this year
            the meters nobody wants to dig up again
            the power bill of the pump stations
            the question who answers for a false alarm
            the sensors that drowned last June
        """),
        _lines("""
            the alarm chain from the valve to the duty phone
            the list of measuring points, street by street
            the link to their old dispatch screen
            the pump curves
            the battery life of the sensors
            the work orders a leak sets off
            the radio cover in the cellars
        """),
        _customers("""
            Qingjiang|Water Company|Mr Yin
            Shayang|Waterworks|Ms Pang
            Dongting|Water Group|Mr Lian
            Huarong|Drainage Office|Ms Dao
            Xiaogan South|Waterworks|Mr Ju
            Jianli|Water Services|Mr Bie
            Yidu|River Board|Ms Sheng
            Tianmen|Sewage Works|Mr Zan
        """),
    ),
    Sector(
        "hospital",
        ("the energy plan", "the bed plan", "the ward-call plan", "the cold-water plan"),
        _lines("""
            the dust while wards stay open
            the power cut in the spring
            the nurses, who already have five screens
            the audit of the energy subsidy
            the new building, which was to save heat and does not
            the patient data leaving the house
            the waiting time at admission
        """),
        _lines("""
            the switch-over during a power cut
            the steps of the works, ward by ward
            the rights of every role
            the way from bell to nurse
            the savings, month by month
            the interfaces to their records system
            the spare parts on site
        """),
        _customers("""
            Jiangxia|First Hospital|Ms Kuai
            Puai|Hospital Group|Mr Qiao
            Caidian|Children's Hospital|Ms Weng
            Honghu|People's Hospital|Mr Ni
            Ezhou|Rehabilitation Centre|Ms Lang
            Zhongnan East|Clinics|Mr Gui
            Chibi|Hospital of Chinese Medicine|Mr Mo
            Xianning|Maternity House|Ms Tian
        """),
    ),
    Sector(
        "campus",
        ("the dormitory plan", "the gate plan", "the power plan", "the canteen plan"),
        _lines("""
            the parents' complaints about the gates
            the fire inspection in October
            the air conditioners that trip the fuses
            six in the evening, when four thousand want to eat
            the works over the winter break
            the face pictures of minors
            the porters, who fear for their jobs
        """),
        _lines("""
            the flow at the east gate between seven and eight
            the wiring of the old dormitories
            how long pictures are kept, and by whom
            the meter readings by room
            the card and what else it opens
            the timetable of the works
            the fall-back when the network is down
        """),
        _customers("""
            Luojia|Normal College|Mr Xun
            Nanhu|Technical School|Ms Chai
            Guanggu|No. 3 Middle School|Mr Ai
            Jinyin|Boarding School|Ms Gu
            Huangpi|Vocational College|Mr Rong
            Yangluo|Maritime Academy|Mr Pei
            Liangzi|Agricultural College|Ms Hong
        """),
    ),
    Sector(
        "bus",
        ("the depot plan", "the timetable plan", "the charging plan", "the driver plan"),
        _lines("""
            the chargers that all start at ten in the evening
            line 8, late every morning
            the drivers' overtime
            the subsidy per kilometre
            the buses that come home empty
            the union and the cameras in the cab
            the depot roof, which carries less than was thought
        """),
        _lines("""
            the load on the transformer, hour by hour
            the timetable of line 8, before and after
            the duty roster for a whole week
            who sees the films, and for how long
            the data that goes to the city
            the works by bay
            the switch back to paper when all else fails
        """),
        _customers("""
            Jingkai|Bus Company|Mr Ge
            Hanyang|Transit|Ms Su
            Yichang North|Buses|Mr Dou
            Jingmen|City Transport|Mr Fei
            Huangshi|Trolley Buses|Ms Xiang
            Suizhou|Coach Station|Mr Hao
            Enshi|Valley Lines|Ms Long
        """),
    ),
    Sector(
        "park",
        ("the fire plan", "the visitor plan", "the steam plan", "the truck plan"),
        _lines("""
            the insurer, who has announced a visit
            the trucks that block the ring road
            the chemical store next to the canteen
            the tenants, who share the steam and not the bill
            two accidents within a year
            the fences, of which nobody has a drawing
            the guards, three firms in four years
        """),
        _lines("""
            the zones around the chemical store
            the way of a truck from gate to scale
            how steam is measured and shared out
            the escape routes, building by building
            the badge, from printing to return
            the numbers for the insurer
            the camera positions
        """),
        _customers("""
            Zhuankou|Industrial Park|Mr Ling
            Gedian|Chemical Park|Ms Yi
            Wujiashan|Logistics Park|Mr Bing
            Xiangyang East|Auto Park|Mr Chong
            Qianjiang|Crayfish Market|Ms Tong
            Huanggang|Building Materials Park|Mr Sha
            Daye|Smelter|Ms Ran
        """),
    ),
)
