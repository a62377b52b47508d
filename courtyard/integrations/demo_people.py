"""The people of the demo content. All of them, and all they say, are made up."""

from dataclasses import dataclass

from courtyard.integrations.portraits import Looks


@dataclass(slots=True, frozen=True)
class Figure:
    """Somebody with a name, a title and a face. `address` is used by `courtyard seed` only."""

    key: str
    name: str
    title: str
    looks: Looks

    @property
    def address(self) -> str:
        return f"{self.key}@lindenhof.example"


FIGURES = {
    figure.key: figure
    for figure in (
        Figure(
            "ada",
            "Ada Okafor",
            "Discharge lead",
            Looks("#F4B886", "#7A3B1D", "#241611", "curls", "#2F6F62", glasses=True),
        ),
        Figure(
            "bo",
            "Bo Brandt",
            "Integration engineer",
            Looks("#9CC4E4", "#F0C7A6", "#B98A4B", "short", "#3A4A6B", beard=True),
        ),
        Figure(
            "cy",
            "Cy Tanaka",
            "Service designer",
            Looks("#F2D680", "#EBC09B", "#1D1B22", "bob", "#B4524A"),
        ),
        Figure(
            "dee",
            "Dee Raman",
            "Charge nurse, Ward 3",
            Looks("#C9B6E4", "#9A623C", "#1B1412", "long", "#2C7DA0"),
        ),
        Figure(
            "esi",
            "Esi Boateng",
            "Pharmacist",
            Looks("#A8D5BA", "#5C3320", "#1A100C", "bun", "#E0A030"),
        ),
        Figure(
            "finn",
            "Finn Albrecht",
            "Stationsarzt",
            Looks("#F3A6A0", "#F3CDB2", "#6B3A22", "short", "#4D6A4F", glasses=True),
        ),
        Figure(
            "gita",
            "Gita Sharma",
            "फ़िज़ियोथेरेपिस्ट",
            Looks("#B7D3F2", "#B67C52", "#20150F", "long", "#A23B72"),
        ),
        Figure(
            "hana",
            "Hana Novak",
            "Data analyst",
            Looks("#E5C9A8", "#F5D3BC", "#C77B3B", "bob", "#5B5F97", glasses=True),
        ),
        Figure(
            "ivo",
            "Ivo Petrov",
            "Night nurse, Ward 3",
            Looks("#8FB8A8", "#E9BE9E", "#3B2A22", "bald", "#3F3D56", beard=True),
        ),
    )
}
