"""Forms of projects and their parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import Project, WorkPackage
from synchromesh.community.operations.projects import DeliverableDetails, ProjectDetails
from synchromesh.web.community_pages import date_input, named_organisation

_AS_EXACT = gettext_lazy("As exact as known: 2018, 2018-01 or 2018-01-15.")
_ITS_NAME = gettext_lazy("Its name as it stands on this site.")


class ProjectForm(forms.Form):
    """What is said of a project."""

    name = forms.CharField(label=gettext_lazy("Short name"), max_length=100)
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=300, required=False)
    subject = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    programme = forms.CharField(label=gettext_lazy("Programme"), max_length=200, required=False)
    begins = forms.CharField(label=gettext_lazy("Begins"), help_text=_AS_EXACT, max_length=10, required=False)
    ends = forms.CharField(label=gettext_lazy("Ends"), help_text=_AS_EXACT, max_length=10, required=False)
    coordinator = forms.CharField(label=gettext_lazy("Coordinator"), help_text=_ITS_NAME, required=False)
    url = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=1000)

    def __init__(self, data: Any = None, *, project: Project | None, language: str, is_staff: bool) -> None:
        super().__init__(data, initial=_initial(project, language) if project else None)
        self._language, self._project = language, project
        self.fields["subject"].widget.attrs["lang"] = language
        if not is_staff:
            del self.fields["coordinator"]

    def details(self) -> ProjectDetails:
        """What was entered, as the operation takes it."""
        entered = {name: value for name, value in self.cleaned_data.items() if name != "coordinator"}
        return ProjectDetails(language=self._language, **entered)

    def chosen_coordinator(self) -> Organisation | None:
        """Who coordinates; where this is not asked, who does it now. Raises InvalidInput for an unknown name."""
        if "coordinator" in self.fields:
            return named_organisation(self.cleaned_data["coordinator"], field="coordinator")
        return self._project.coordinator if self._project else None


def _initial(project: Project, language: str) -> dict[str, Any]:
    names = ("name", "full_name", "programme", "begins", "ends", "url")
    return {name: getattr(project, name) for name in names} | {
        "subject": project.subjects.get(language, ""),
        "coordinator": project.coordinator.name if project.coordinator else "",
    }


class PartnerForm(forms.Form):
    """A partner and what it does."""

    organisation = forms.CharField(label=gettext_lazy("Organisation"), help_text=_ITS_NAME)
    task = forms.CharField(label=gettext_lazy("What it does there"), max_length=200, required=False)


class WorkPackageForm(forms.Form):
    """A part of the work."""

    number = forms.IntegerField(label=gettext_lazy("Number"), min_value=1, max_value=99)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    lead = forms.CharField(label=gettext_lazy("Led by"), help_text=_ITS_NAME, required=False)


class DeliverableForm(forms.Form):
    """Something that is handed over: an address or a file."""

    code = forms.CharField(
        label=gettext_lazy("Code"), help_text=gettext_lazy("Such as D2.1."), max_length=20, required=False
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    work_package = forms.ChoiceField(label=gettext_lazy("Work package"), required=False)
    due_on = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=date_input())
    done_on = forms.DateField(label=gettext_lazy("Handed over on"), required=False, widget=date_input())
    url = forms.URLField(label=gettext_lazy("Address"), required=False, assume_scheme="https", max_length=1000)
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("Everybody can read it."), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, work_packages: list[WorkPackage]) -> None:
        super().__init__(data, files, prefix="deliverable")
        self._packages = {str(one.uid): one for one in work_packages}
        choices = [("", "–"), *((str(one.uid), str(one)) for one in work_packages)]
        self.fields["work_package"].choices = choices  # type: ignore[attr-defined]

    def details(self) -> DeliverableDetails:
        """What was entered, as the operation takes it."""
        entered = dict(self.cleaned_data)
        file, package = entered.pop("file"), self._packages.get(entered.pop("work_package"))
        name, content = (str(file.name), file.read()) if file else ("", b"")
        return DeliverableDetails(file_name=name, content=content, work_package=package, **entered)


class ResultForm(forms.Form):
    """A page of this site that came of the project."""

    address = forms.CharField(
        label=gettext_lazy("Address of the page"),
        help_text=gettext_lazy("Of a job role, course, practice or event of this site."),
        max_length=500,
    )
