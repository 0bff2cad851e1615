import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learning', '0003_course_achievement'),
        ('pathways', '0002_saved_and_reviews'),
    ]

    operations = [
        migrations.AddField(
            model_name='rating',
            name='progress',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ratings', to='learning.unitprogress'),
        ),
    ]
